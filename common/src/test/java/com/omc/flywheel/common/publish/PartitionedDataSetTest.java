package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.CLOCK;
import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.BUCKETING;
import static com.omc.flywheel.common.publish.Manifests.FIFTH;
import static com.omc.flywheel.common.publish.Manifests.FINGERPRINT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.FOURTH;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.KEY_LIMITS;
import static com.omc.flywheel.common.publish.Manifests.MAPPING;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots beside each other: a run replaces its own, and no reader of the catalog notices before it is told. */
class PartitionedDataSetTest {
    private static final String BESIDE = "_snapshot_2025-11-01_run_";

    private final InMemoryTarget lake = new InMemoryTarget();

    @Test
    void writesTheFirstRunOfASnapshotWhereUsersExpectIt() {
        Manifest manifest = publish(OCTOBER, FIRST, "IBE_01", "IBE_02");

        assertThat(manifest.layout()).isEqualTo(Layout.PARTITIONED);
        assertThat(manifest.tables())
                .extracting(TableEntry::location)
                .containsExactly("IBE_01/snapshot_dt=2025-10-01/", "IBE_02/snapshot_dt=2025-10-01/");
        assertThat(manifest.superseded()).isEmpty();
        assertThat(lake.store.text(ROOT + "_flywheel/snapshot_dt.txt")).isEqualTo("2025-10-01");
        assertThat(lake.store.objects()).noneMatch(uri -> uri.contains("/metadata/"));
    }

    @Test
    void leavesEveryOtherSnapshotAsItIs() {
        Manifest october = publish(OCTOBER, FIRST, "IBE_01");
        Manifest november = publish(NOVEMBER, SECOND, "IBE_01", "IBE_02");

        assertThat(lake.finished()).containsExactly(october, november);
        assertThat(lake.publisher.current()).contains(november);
        assertThat(files())
                .containsAll(keys(october))
                .containsAll(keys(november))
                .hasSize(6);
        assertThat(lake.journal()).containsExactlyInAnyOrder(FIRST + "/done.json", SECOND + "/done.json");
    }

    @Test
    void keepsThePointerAtTheNewestSnapshotWhenAnOlderOneIsWritten() {
        Manifest november = publish(NOVEMBER, FIRST, "IBE_01");
        Manifest october = publish(OCTOBER, SECOND, "IBE_01");

        assertThat(lake.publisher.current()).contains(november);
        assertThat(lake.store.text(ROOT + "_flywheel/snapshot_dt.txt")).isEqualTo("2025-11-01");
        assertThat(lake.finished()).containsExactly(october, november);
    }

    @Test
    void writesASnapshotAgainBesideItselfAndKeepsWhatTheCatalogStillNames() {
        Manifest first = publish(NOVEMBER, FIRST, "IBE_01");
        Manifest october = publish(OCTOBER, SECOND, "IBE_01");
        Manifest again = publish(NOVEMBER, THIRD, "IBE_01");

        assertThat(again.tables()).extracting(TableEntry::location).containsExactly("IBE_01/" + BESIDE + THIRD + "/");
        assertThat(again.superseded())
                .containsExactly(new Superseded("IBE_01", "IBE_01/snapshot_dt=2025-11-01/", THIRD, first.keys()));
        assertThat(files()).containsAll(keys(first)).containsAll(keys(again)).containsAll(keys(october));
        assertThat(lake.finished()).containsExactly(october, again);
    }

    @Test
    void namesEveryVersionThatIsStillThere() {
        Manifest first = publish(NOVEMBER, FIRST, "IBE_01");
        Manifest second = publish(NOVEMBER, SECOND, "IBE_01");
        Manifest third = publish(NOVEMBER, THIRD, "IBE_01");

        assertThat(third.superseded()).extracting(Superseded::replacedBy).containsExactly(SECOND, THIRD);
        assertThat(third.supersededKeys())
                .containsAll(first.keys())
                .containsAll(second.keys())
                .hasSize(4);
    }

    @Test
    void namesTheFilesOfATableThatTheMappingHasNoMore() {
        Manifest first = publish(NOVEMBER, FIRST, "IBE_01", "IBE_02");
        Manifest second = publish(NOVEMBER, SECOND, "IBE_01");

        assertThat(second.tables()).extracting(TableEntry::folder).containsExactly("IBE_01");
        assertThat(second.superseded())
                .extracting(Superseded::location)
                .containsExactly("IBE_01/snapshot_dt=2025-11-01/", "IBE_02/snapshot_dt=2025-11-01/");
        assertThat(files()).containsAll(keys(first));
    }

    @Test
    void refusesFilesThatNobodyKnowsInTheFolderOfItsSnapshotAlone() {
        lake.store.put(ROOT + "IBE_01/snapshot_dt=2025-10-01/other.parquet", "x");
        publish(NOVEMBER, FIRST, "IBE_01");

        assertFails(FailureKind.CONFLICT, () -> publish(OCTOBER, SECOND, "IBE_01"))
                .hasMessageContaining("IBE_01/snapshot_dt=2025-10-01/other.parquet")
                .hasMessageContaining("--TAKE_OVER true");
    }

    @Test
    void takesFilesOfAnotherToolForTheVersionBeforeWhenItIsTold() {
        lake.store.put(ROOT + "IBE_01/snapshot_dt=2025-11-01/other.parquet", "x");

        Manifest manifest = publish(PartitionedRuns.content(NOVEMBER, "IBE_01"), FIRST, true);

        assertThat(manifest.superseded())
                .containsExactly(new Superseded(
                        "IBE_01",
                        "IBE_01/snapshot_dt=2025-11-01/",
                        FIRST,
                        List.of("IBE_01/snapshot_dt=2025-11-01/other.parquet")));
        assertThat(manifest.tables())
                .extracting(TableEntry::location)
                .containsExactly("IBE_01/" + BESIDE + FIRST + "/");
        assertThat(files()).contains(ROOT + "IBE_01/snapshot_dt=2025-11-01/other.parquet");
    }

    @Test
    void saysThatASnapshotIsPublishedAlreadyWhateverElseIs() {
        Manifest october = publish(OCTOBER, FIRST, "IBE_01");
        publish(NOVEMBER, SECOND, "IBE_01");

        assertThat(lake.publisher.check(PartitionedRuns.content(OCTOBER, "IBE_01"), false))
                .contains(october);
    }

    @Test
    void refusesTheDataSetOfAnotherJobWhateverItsSnapshot() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        RunContent another = new RunContent(
                "split-and-part",
                Layout.PARTITIONED,
                NOVEMBER,
                FINGERPRINT,
                MAPPING,
                BUCKETING,
                WRITTEN,
                KEY_LIMITS,
                List.of("IBE_01"),
                false,
                false);

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.check(another, false))
                .hasMessageContaining("is the data set of the job infobase-split-and-bucket, and split-and-part");
    }

    @Test
    void describesAgainWhatALateRunDescribedWrongly() {
        Manifest october = publish(OCTOBER, FIRST, "IBE_01");
        Manifest november = publish(NOVEMBER, SECOND, "IBE_01");
        StoredJson json = new StoredJson();
        lake.store.write(
                DATA_SET.manifest(OCTOBER),
                json.write(october.withSuperseded(FOURTH, CLOCK.instant(), List.of())),
                StoredJson.CONTENT_TYPE);
        lake.store.write(DATA_SET.current(), json.write(new CurrentPointer(OCTOBER, FOURTH)), StoredJson.CONTENT_TYPE);

        assertThat(lake.finished()).containsExactly(october, november);
        lake.recoverOnly(THIRD);

        assertThat(lake.publisher.current()).contains(november);
        assertThat(json.read(
                        lake.store.read(DATA_SET.manifest(OCTOBER)).orElseThrow(),
                        Manifest.class,
                        DATA_SET.manifest(OCTOBER)))
                .isEqualTo(october);
    }

    @Test
    void goesByTheManifestsWhenSomebodyDeletedTheJournal() {
        Manifest october = publish(OCTOBER, FIRST, "IBE_01");
        Manifest november = publish(NOVEMBER, SECOND, "IBE_01");
        lake.store.delete(List.of(DATA_SET.mark(FIRST, RunState.DONE), DATA_SET.mark(SECOND, RunState.DONE)));

        assertThat(lake.finished()).containsExactly(october, november);

        Manifest september = publish(SnapshotDate.parse("2025-09-01"), THIRD, "IBE_01");

        assertThat(lake.finished()).containsExactly(september, october, november);
        assertThat(lake.publisher.current()).contains(november);
    }

    @Test
    void deletesSupersededFilesByTheirNamesAndThenTheirNames() {
        Manifest first = publish(NOVEMBER, FIRST, "IBE_01");
        Manifest october = publish(OCTOBER, SECOND, "IBE_01");
        Manifest again = publish(NOVEMBER, THIRD, "IBE_01");

        Manifest without;
        try (HeldDataSet held = lake.hold(FOURTH)) {
            without = held.deleteSuperseded("prepare", again, again.superseded());
        }

        assertThat(without.superseded()).isEmpty();
        assertThat(without.tables()).isEqualTo(again.tables());
        assertThat(without.job()).isEqualTo(JOB);
        assertThat(files())
                .doesNotContainAnyElementsOf(keys(first))
                .containsAll(keys(again))
                .containsAll(keys(october));
        assertThat(lake.finished()).containsExactly(october, without);
        assertThat(lake.publisher.check(PartitionedRuns.content(NOVEMBER, "IBE_01"), false))
                .contains(without);
        assertThat(lake.journal()).hasSize(2).allMatch(mark -> mark.endsWith("/done.json"));
    }

    @Test
    void deletesSupersededFilesOfSeveralSnapshotsInOneRun() {
        publish(OCTOBER, FIRST, "IBE_01");
        publish(NOVEMBER, SECOND, "IBE_01");
        Manifest october = publish(OCTOBER, THIRD, "IBE_01");
        Manifest november = publish(NOVEMBER, FOURTH, "IBE_01");

        try (HeldDataSet held = lake.hold(FIFTH)) {
            held.deleteSuperseded("prepare", october, october.superseded());
            held.deleteSuperseded("prepare", november, november.superseded());
        }

        assertThat(lake.finished()).allMatch(manifest -> manifest.superseded().isEmpty());
        assertThat(files()).hasSize(4);
    }

    @Test
    void writesASnapshotAgainWhereUsersExpectItOnceItsOldFilesAreGone() {
        publish(NOVEMBER, FIRST, "IBE_01");
        Manifest again = publish(NOVEMBER, SECOND, "IBE_01");
        try (HeldDataSet held = lake.hold(THIRD)) {
            held.deleteSuperseded("prepare", again, again.superseded());
        }

        assertThat(publish(NOVEMBER, FOURTH, "IBE_01").tables())
                .extracting(TableEntry::location)
                .containsExactly("IBE_01/snapshot_dt=2025-11-01/");
    }

    @Test
    void retiresASnapshotAndNeverTheNewest() {
        Manifest october = publish(OCTOBER, FIRST, "IBE_01");
        Manifest november = publish(NOVEMBER, SECOND, "IBE_01");

        try (HeldDataSet held = lake.hold(THIRD)) {
            assertFails(FailureKind.BAD_ARGUMENT, () -> held.retire(november))
                    .hasMessageContaining("snapshot 2025-11-01 is the newest of s3://lake/out/ and stays");
            held.retire(october);
        }

        assertThat(lake.finished()).containsExactly(november);
        assertThat(files()).containsExactlyInAnyOrderElementsOf(keys(november));
        assertThat(lake.store.objects()).noneMatch(uri -> uri.contains("2025-10-01"));
        assertThat(lake.journal()).containsExactly(SECOND + "/done.json");
    }

    private Manifest publish(SnapshotDate snapshot, RunId run, String... folders) {
        return publish(PartitionedRuns.content(snapshot, folders), run, false);
    }

    private Manifest publish(RunContent content, RunId run, boolean takeOver) {
        return PartitionedRuns.publish(lake, lake.store, content, run, takeOver);
    }

    private List<String> files() {
        return lake.dataFiles();
    }

    private static List<String> keys(Manifest manifest) {
        return manifest.keys().stream().map(key -> ROOT + key).toList();
    }
}
