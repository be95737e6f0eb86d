package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.InMemoryTarget.upload;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.table;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    void makesTheNewFilesVisibleThenSaysSoAndThenDeletesTheOldOnes() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        int before = lake.store.calls().size();

        lake.publishAll(NOVEMBER, SECOND, "IBE_01");

        List<String> changes =
                changes(lake.store.calls().subList(before, lake.store.calls().size()));
        // Uploads are completed at the same time.
        Collections.sort(changes.subList(6, 8));
        assertThat(changes)
                .containsExactly(
                        "create _flywheel/lease/3.json",
                        "delete _flywheel/lease/2.json",
                        "delete _flywheel/lease/0.json",
                        "create _flywheel/journal/20251103T031500Z-00000002/prepared.json",
                        "write __magic_job-20251103T031500Z-00000002/task.pendingset",
                        "create _flywheel/journal/20251103T031500Z-00000002/committing.json",
                        "complete IBE_01/00000-20251103T031500Z-00000002.snappy.parquet",
                        "complete IBE_01/00001-20251103T031500Z-00000002.snappy.parquet",
                        "write metadata/snapshot_dt.txt",
                        "write _flywheel/manifests/snapshot_dt=2025-11-01/manifest.json",
                        "write _flywheel/current.json",
                        "delete IBE_01/00000-20251102T031500Z-00000001.snappy.parquet",
                        "delete IBE_01/00001-20251102T031500Z-00000001.snappy.parquet",
                        "create _flywheel/journal/20251103T031500Z-00000002/done.json",
                        "delete __magic_job-20251103T031500Z-00000002/task.pendingset",
                        "delete _flywheel/journal/20251102T031500Z-00000001/done.json",
                        "delete _flywheel/journal/20251103T031500Z-00000002/prepared.json",
                        "delete _flywheel/journal/20251103T031500Z-00000002/committing.json",
                        "create _flywheel/lease/4.json",
                        "delete _flywheel/lease/3.json");
    }

    @Test
    void asksForTheLeaseBeforeEverythingThatReadersNotice() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        int before = lake.store.calls().size();

        lake.publishAll(NOVEMBER, SECOND, "IBE_01");

        List<String> calls =
                lake.store.calls().subList(before, lake.store.calls().size());
        String asked = "list " + InMemoryTarget.DATA_SET.lease();
        for (String noticed : List.of("complete", "delete " + ROOT + "IBE_01/", "write " + ROOT + "metadata/")) {
            int first = IntStream.range(0, calls.size())
                    .filter(call -> calls.get(call).startsWith(noticed))
                    .findFirst()
                    .orElseThrow();
            assertThat(calls.get(first - 1)).isEqualTo(asked);
        }
    }

    @Test
    void abortsTheUploadsThatAreLeftBeforeItLooksWhatIsThere() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");

        List<String> calls = lake.store.calls();
        int fence = calls.indexOf("pendingUploads " + ROOT);
        assertThat(calls.get(fence + 1)).isEqualTo("list " + ROOT);
        assertThat(calls.subList(0, fence))
                .filteredOn(call -> call.startsWith("complete"))
                .hasSize(2);
    }

    @Test
    void leavesNothingElse() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");
        lake.assertAtRest(lake.publishAll(NOVEMBER, SECOND, "IBE_01", "IBE_02"));
    }

    @Test
    void isUndoneWhenItIsClosedWithoutBeingPublished() {
        Manifest before = lake.publishAll(OCTOBER, FIRST, "IBE_01");
        try (HeldDataSet held = lake.hold(SECOND);
                PublishingRun run = lake.begin(held, all(NOVEMBER, "IBE_01"), SECOND)) {
            assertThat(run).isNotNull();
            assertThat(lake.pendingUploads()).hasSize(2);
            assertThat(lake.journal()).contains(SECOND + "/prepared.json");
        }
        lake.assertUndone(SECOND, before);
    }

    @Test
    void completesMoreFilesThanOneBatchHolds() {
        String[] folders =
                IntStream.range(0, 40).mapToObj("IBE_%02d"::formatted).toArray(String[]::new);
        lake.publishAll(OCTOBER, FIRST, folders);

        lake.assertAtRest(lake.publishAll(NOVEMBER, SECOND, folders));
        assertThat(lake.dataFiles()).hasSize(80);
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
        RunContent content = all(OCTOBER, "IBE_01");
        String cell = "jane@example.com";
        try (HeldDataSet held = lake.hold(FIRST);
                PublishingRun run = lake.begin(held, content, FIRST)) {
            for (FileEntry file : table("IBE_01", FIRST, OCTOBER).files()) {
                lake.store.begin(upload(file.key()), cell + "x".repeat((int) file.bytes() - cell.length()));
            }
            run.publish(tables(content, FIRST));
        }

        List<String> ours = lake.store.objects().stream()
                .filter(uri -> !uri.endsWith(".parquet"))
                .toList();
        assertThat(ours).hasSize(5).noneMatch(uri -> lake.store.text(uri).contains(cell));
    }

    @Test
    void knowsNothingCurrentInANewTarget() {
        assertThat(lake.publisher.current()).isEqualTo(Optional.empty());
    }

    private static List<String> changes(List<String> calls) {
        return calls.stream()
                .filter(call -> call.startsWith("write")
                        || call.startsWith("create")
                        || call.startsWith("complete")
                        || call.startsWith("delete"))
                .map(call -> call.replace(ROOT, ""))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
