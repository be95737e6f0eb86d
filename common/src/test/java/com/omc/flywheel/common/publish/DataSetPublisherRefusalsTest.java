package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.InMemoryTarget.mark;
import static com.omc.flywheel.common.publish.InMemoryTarget.upload;
import static com.omc.flywheel.common.publish.Manifests.BUCKETING;
import static com.omc.flywheel.common.publish.Manifests.FINGERPRINT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.KEY_LIMITS;
import static com.omc.flywheel.common.publish.Manifests.MAPPING;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.WRITTEN;
import static com.omc.flywheel.common.publish.Manifests.all;
import static com.omc.flywheel.common.publish.Manifests.some;
import static com.omc.flywheel.common.publish.Manifests.tables;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link DataSetPublisher} refuses to write over. */
class DataSetPublisherRefusalsTest {
    private final InMemoryTarget lake = new InMemoryTarget();

    @ParameterizedTest
    @ValueSource(strings = {"IBE_01/foreign.parquet", "IBE_01/nested/foreign.parquet", "IBE_01/readme.txt"})
    void refusesAndNamesFilesThatNobodyKnowsAndChangesNothing(String foreign) {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        lake.store.put(ROOT + foreign, "x");
        List<String> before = lake.store.objects();

        assertFails(FailureKind.CONFLICT, () -> check(all(NOVEMBER, "IBE_01")))
                .hasMessage(
                        "CONFLICT: s3://lake/out/ holds files that no finished run of this program wrote, and readers of its tables would see them: %s; move them away, choose another --TARGET_PATH, or let this run replace them with --TAKE_OVER true",
                        foreign);
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @Test
    void refusesFilesOfAnotherToolInATargetThatWasNeverPublished() {
        lake.store.put(ROOT + "IBE_01/part-0.parquet", "x").put(ROOT + "IBE_02/part-0.parquet", "x");

        assertFails(FailureKind.CONFLICT, () -> check(all(NOVEMBER, "IBE_01", "IBE_02")))
                .hasMessageContaining("would see them: IBE_01/part-0.parquet, IBE_02/part-0.parquet;");
    }

    @Test
    void refusesFilesThatAppearWhileTheRunWritesBeforeAnythingIsVisible() {
        Manifest published = lake.publishAll(OCTOBER, FIRST, "IBE_01");
        RunContent content = all(NOVEMBER, "IBE_01");
        try (HeldDataSet held = lake.hold(SECOND);
                PublishingRun run = lake.begin(held, content, SECOND)) {
            lake.store.put(ROOT + "IBE_01/foreign.parquet", "x");
            List<String> before = lake.dataFiles();

            assertFails(FailureKind.CONFLICT, () -> run.publish(tables(content, SECOND)))
                    .hasMessageContaining("would see them: IBE_01/foreign.parquet;");
            assertThat(lake.dataFiles()).isEqualTo(before);
        }
        assertThat(lake.pendingUploads()).isEmpty();
        assertThat(lake.journal()).contains(SECOND + "/undone.json");
        assertThat(lake.publisher.current()).contains(published);
    }

    @Test
    void refusesFilesThatAppearBetweenTheCheckAndTheBeginAndWritesNothing() {
        try (HeldDataSet held = lake.hold(FIRST)) {
            lake.store.put(ROOT + "IBE_01/foreign.parquet", "x");

            assertFails(FailureKind.CONFLICT, () -> lake.begin(held, all(NOVEMBER, "IBE_01"), FIRST))
                    .hasMessageContaining("would see them: IBE_01/foreign.parquet;");
            assertThat(lake.pendingUploads()).isEmpty();
            assertThat(lake.journal()).isEmpty();
        }
    }

    @Test
    void refusesARunOfSomeTablesOfAnotherSnapshotAndChangesNothing() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02", "IBE_03");
        List<String> before = lake.store.objects();

        assertFails(FailureKind.CONFLICT, () -> check(some(NOVEMBER, "IBE_02")))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01, 256 buckets by customer_user_id, would leave other tables of s3://lake/out/ at something else: IBE_01 (2025-10-01), IBE_03 (2025-10-01); run without --TABLES_FILTER, or let snapshots differ with --ALLOW_MIXED_SNAPSHOTS true (buckets never may)");
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesTheDataSetOfAnotherJobAndChangesNothing(boolean onlyTheseTables) {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01");
        List<String> before = lake.store.objects();

        assertFails(
                        FailureKind.CONFLICT,
                        () -> check(new RunContent(
                                "copy",
                                Layout.CLUSTERED,
                                NOVEMBER,
                                FINGERPRINT,
                                MAPPING,
                                BUCKETING,
                                WRITTEN,
                                KEY_LIMITS,
                                List.of("IBE_01"),
                                onlyTheseTables,
                                false)))
                .hasMessage(
                        "CONFLICT: s3://lake/out/ is the data set of the job infobase-split-and-bucket, and copy would replace its tables; check --TARGET_PATH");
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @Test
    void refusesARunOfSomeTablesOfASnapshotWhoseFilesChanged() {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01", "IBE_02");

        assertFails(FailureKind.CONFLICT, () -> check(someOf(NOVEMBER, "another", BUCKETING, false)))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01, 256 buckets by customer_user_id, would leave other tables of s3://lake/out/ at something else: IBE_01 (the same snapshot before its files changed); run without --TABLES_FILTER, or let snapshots differ with --ALLOW_MIXED_SNAPSHOTS true (buckets never may)");
    }

    static Stream<Arguments> otherBucketing() {
        return Stream.of(
                        new Bucketing("customer_user_id", 128, Bucketing.HIVE_V1),
                        new Bucketing("household_id", 256, Bucketing.HIVE_V1))
                .flatMap(other -> Stream.of(Arguments.of(other, false), Arguments.of(other, true)));
    }

    @ParameterizedTest
    @MethodSource("otherBucketing")
    void refusesARunOfSomeTablesWithOtherBucketsEvenWhenSnapshotsMayDiffer(Bucketing other, boolean mixed) {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01", "IBE_02");

        assertFails(FailureKind.CONFLICT, () -> check(someOf(NOVEMBER, FINGERPRINT, other, mixed)))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01, %d buckets by %s, would leave other tables of s3://lake/out/ at something else: IBE_01 (256 buckets by customer_user_id); run without --TABLES_FILTER, or let snapshots differ with --ALLOW_MIXED_SNAPSHOTS true (buckets never may)",
                        other.count(), other.column());
    }

    @Test
    void takesAnotherStateAndOtherBucketsWhenNoOtherTableStays() {
        lake.publishAll(NOVEMBER, FIRST, "IBE_02");
        RunContent content =
                someOf(NOVEMBER, "another", new Bucketing("customer_user_id", 128, Bucketing.HIVE_V1), false);

        lake.assertAtRest(lake.publish(content, SECOND, false));
    }

    @Test
    void refusesAPointerToAManifestThatIsNotThere() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        lake.store.delete(List.of(InMemoryTarget.DATA_SET.manifest(OCTOBER)));

        assertFails(FailureKind.CONFLICT, lake.publisher::current)
                .hasMessage(
                        "CONFLICT: s3://lake/out/_flywheel/current.json names the manifest s3://lake/out/_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json, which is not there; run the job that writes it with --RECOVER_ONLY true");
    }

    @Test
    void refusesAManifestOfALaterFormat() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        String manifest = ROOT + "_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json";
        lake.store.put(manifest, lake.store.text(manifest).replace("\"formatVersion\" : 3", "\"formatVersion\" : 4"));

        assertFails(FailureKind.CONFLICT, () -> check(all(NOVEMBER, "IBE_01")))
                .hasMessage(
                        "CONFLICT: manifest s3://lake/out/_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json has the format version 4, this program knows 3; run the version that wrote it, or move the data set away");
    }

    @Test
    void leavesTablesAtAnotherSnapshotWhenTheCallerAllowsIt() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02");

        Manifest manifest = lake.publish(someOf(NOVEMBER, "another", BUCKETING, true), SECOND, false);
        assertThat(manifest.snapshotDt()).isEqualTo(NOVEMBER);
        assertThat(manifest.tables()).extracting(TableEntry::snapshotDt).containsExactly(OCTOBER, NOVEMBER);
        lake.assertAtRest(manifest);
    }

    @Test
    void replacesFilesOfAnotherToolWhenItIsTold() {
        lake.store
                .put(ROOT + "IBE_01/part-0.parquet", "x")
                .put(ROOT + "IBE_01/nested/part-0.parquet", "x")
                .put(ROOT + "IBE_01/_SUCCESS", "")
                .put(ROOT + "OTHER/part-0.parquet", "x");
        RunContent content = all(NOVEMBER, "IBE_01");

        assertThat(lake.publisher.check(content, true)).isEmpty();
        Manifest manifest = lake.publish(content, FIRST, true);
        lake.store.delete(List.of(S3Uri.parse(ROOT + "OTHER/part-0.parquet")));
        lake.assertAtRest(manifest, ROOT + "IBE_01/_SUCCESS");
    }

    @Test
    void namesTheFilesOfAnotherToolBeforeAnythingIsVisible() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        lake.store.put(ROOT + "IBE_01/part-0.parquet", "x");
        List<String> marks = new ArrayList<>();
        SteppedStore way = new SteppedStore(lake.store, call -> {}, call -> {
            String committing = mark(SECOND, RunState.COMMITTING);
            if (lake.store.objects().contains(committing)) {
                marks.add(lake.store.text(committing));
            }
        });

        lake.assertAtRest(lake.publish(way, all(NOVEMBER, "IBE_01"), SECOND, true));
        assertThat(marks.get(0))
                .contains(
                        "\"oldFiles\" : [ \"IBE_01/00000-20251102T031500Z-00000001.snappy.parquet\", \"IBE_01/00001-20251102T031500Z-00000001.snappy.parquet\", \"IBE_01/part-0.parquet\" ]");
    }

    @Test
    void leavesFilesOfAnotherToolWhenTheRunFails() {
        lake.store.put(ROOT + "IBE_01/part-0.parquet", "x");
        RunContent content = all(NOVEMBER, "IBE_01");
        String lost = tables(content, FIRST).get(0).files().get(0).key();
        try (HeldDataSet held = lake.hold(FIRST);
                PublishingRun run =
                        held.begin(content, true, lake.new Uploaded(lake.store, FIRST, tables(content, FIRST)))) {
            lake.store.abort(upload(lost));

            assertFails(FailureKind.CONFLICT, () -> run.publish(tables(content, FIRST)))
                    .hasMessageContaining("its multipart upload was aborted");
        }
        assertThat(lake.dataFiles()).containsExactly(ROOT + "IBE_01/part-0.parquet");
    }

    private void check(RunContent content) {
        assertThat(lake.publisher.check(content, false)).isEmpty();
    }

    private static RunContent someOf(SnapshotDate snapshot, String fingerprint, Bucketing bucketing, boolean mixed) {
        return new RunContent(
                JOB,
                Layout.CLUSTERED,
                snapshot,
                fingerprint,
                MAPPING,
                bucketing,
                WRITTEN,
                KEY_LIMITS,
                List.of("IBE_02"),
                true,
                mixed);
    }
}
