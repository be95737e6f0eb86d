package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSetPublisher.Target;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSetPublisherTest {
    private final InMemoryTarget lake = new InMemoryTarget();

    @Test
    void publishesTheFirstRunIntoAnEmptyTarget() {
        Manifest manifest = lake.publishAll(OCTOBER, FIRST, "IBE_02", "IBE_01");

        assertThat(manifest.job()).isEqualTo(JOB);
        assertThat(manifest.snapshotDt()).isEqualTo(OCTOBER);
        assertThat(manifest.runId()).isEqualTo(FIRST);
        assertThat(manifest.finishedAt()).isEqualTo(Instant.parse("2025-11-03T03:20:00Z"));
        assertThat(manifest.tables()).extracting(TableEntry::folder).containsExactly("IBE_01", "IBE_02");
        assertThat(lake.publisher.current()).contains(manifest);
        assertThat(lake.store.text(ROOT + "metadata/snapshot_dt.txt")).isEqualTo("2025-10-01");
    }

    @Test
    void takesTheTagsOfTheFilesFromTheStore() {
        Manifest manifest = lake.publishAll(OCTOBER, FIRST, "IBE_01");

        List<FileEntry> files = manifest.tables().get(0).files();
        assertThat(files)
                .extracting(FileEntry::etag)
                .containsExactlyElementsOf(lake.store.list(S3Uri.parse(ROOT + "IBE_01")).stream()
                        .map(object -> object.etag())
                        .toList());
        assertThat(files).extracting(FileEntry::bytes).containsExactly(100L, 101L);
    }

    @Test
    void deletesTheOldFilesAfterTheNewOnesAreSeenAndWritesManifestAndPointerLast() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        int before = lake.store.calls().size();

        lake.publishAll(NOVEMBER, SECOND, "IBE_01");

        assertThat(changes(lake.store.calls().subList(before, lake.store.calls().size())))
                .containsExactly(
                        "write IBE_01/00000-20251103T031500Z-00000002.snappy.parquet",
                        "write IBE_01/00001-20251103T031500Z-00000002.snappy.parquet",
                        "delete IBE_01/00000-20251102T031500Z-00000001.snappy.parquet",
                        "delete IBE_01/00001-20251102T031500Z-00000001.snappy.parquet",
                        "write metadata/snapshot_dt.txt",
                        "write _flywheel/manifests/snapshot_dt=2025-11-01/manifest.json",
                        "write _flywheel/current.json");
    }

    @Test
    void deletesOnlyWhatTheLastManifestNames() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        lake.store
                .put(ROOT + "IBE_01/.hidden", "x")
                .put(ROOT + "IBE_01/_temporary/0/a.parquet", "x")
                .put(ROOT + "OTHER/a.parquet", "x")
                .put("s3://lake/out-old/IBE_01/a.parquet", "x");

        lake.publishAll(NOVEMBER, SECOND, "IBE_01");

        assertThat(lake.store.objects())
                .contains(
                        ROOT + "IBE_01/.hidden",
                        ROOT + "IBE_01/_temporary/0/a.parquet",
                        ROOT + "OTHER/a.parquet",
                        "s3://lake/out-old/IBE_01/a.parquet")
                .noneMatch(uri -> uri.contains(FIRST.value()));
    }

    @Test
    void replacesTheSameSnapshotByALaterRun() {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01");

        Manifest manifest = lake.publishAll(NOVEMBER, SECOND, "IBE_01");

        assertThat(lake.publisher.current()).contains(manifest);
        assertThat(lake.dataFiles()).hasSize(2).allMatch(uri -> uri.contains(SECOND.value()));
    }

    @Test
    void passesOverWhatReadersDoNotSeeAndFoldersOfNoTableOfTheRun() {
        lake.store
                .put(ROOT + "IBE_01/_SUCCESS", "")
                .put(ROOT + "IBE_01/.crc", "x")
                .put(ROOT + "IBE_01/_temporary/0/a.parquet", "x")
                .put(ROOT + "IBE_01/", "")
                .put(ROOT + "IBE_01/nested_$folder$", "")
                .put(ROOT + "IBE_01_OLD/a.parquet", "x")
                .put(ROOT + "readme.txt", "x");

        Manifest manifest = lake.publishAll(OCTOBER, FIRST, "IBE_01");

        assertThat(lake.publisher.current()).contains(manifest);
    }

    @Test
    void keepsTheOtherTablesOnARunOfSomeTables() {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01", "IBE_02", "IBE_03");

        Manifest manifest = lake.publishSome(NOVEMBER, SECOND, "IBE_02");

        assertThat(manifest.runId()).isEqualTo(SECOND);
        assertThat(manifest.tables()).extracting(TableEntry::folder).containsExactly("IBE_01", "IBE_02", "IBE_03");
        assertThat(manifest.tables()).extracting(TableEntry::runId).containsExactly(FIRST, SECOND, FIRST);
        assertThat(lake.publisher.current()).contains(manifest);
        assertThat(lake.dataFiles())
                .containsExactlyElementsOf(manifest.tables().stream()
                        .flatMap(table -> table.files().stream())
                        .map(file -> ROOT + file.key())
                        .toList());
    }

    @Test
    void takesARunOfSomeTablesIntoAnEmptyTarget() {
        Manifest manifest = lake.publishSome(NOVEMBER, FIRST, "IBE_02");

        assertThat(manifest.tables()).extracting(TableEntry::folder).containsExactly("IBE_02");
    }

    @Test
    void takesARunOfSomeTablesThatAreAllThereAreAtAnotherSnapshot() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");

        assertThat(lake.publishSome(NOVEMBER, SECOND, "IBE_01").snapshotDt()).isEqualTo(NOVEMBER);
    }

    @Test
    void removesTablesThatAreGoneFromTheMappingOnAFullRun() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");

        Manifest manifest = lake.publishAll(NOVEMBER, SECOND, "IBE_01");

        assertThat(manifest.table("IBE_02")).isEmpty();
        assertThat(lake.dataFiles()).hasSize(2).allMatch(uri -> uri.startsWith(ROOT + "IBE_01/"));
    }

    @Test
    void writesCountsAndNamesAndNeverWhatIsInTheFiles() {
        TableEntry written = table("IBE_01", FIRST, OCTOBER);
        String cell = "jane@example.com";
        Target target = lake.prepare(OCTOBER, false, "IBE_01");

        lake.publisher.publish(
                target,
                FIRST,
                () -> {
                    for (FileEntry file : written.files()) {
                        lake.store.put(ROOT + file.key(), cell + "x".repeat((int) file.bytes() - cell.length()));
                    }
                },
                List.of(written));

        List<String> ours = lake.store.objects().stream()
                .filter(uri -> !uri.endsWith(".parquet"))
                .toList();
        assertThat(ours).hasSize(3).noneMatch(uri -> lake.store.text(uri).contains(cell));
    }

    @Test
    void knowsNothingCurrentInANewTarget() {
        assertThat(lake.publisher.current()).isEqualTo(Optional.empty());
    }

    private static List<String> changes(List<String> calls) {
        return calls.stream()
                .filter(call -> call.startsWith("write") || call.startsWith("delete"))
                .map(call -> call.replace(ROOT, ""))
                .toList();
    }
}
