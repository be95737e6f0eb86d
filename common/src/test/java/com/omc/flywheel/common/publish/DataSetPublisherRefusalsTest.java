package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.BUCKETING;
import static com.omc.flywheel.common.publish.Manifests.FINGERPRINT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.JOB;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.DataSetPublisher.Target;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

        assertFails(FailureKind.CONFLICT, () -> lake.prepare(NOVEMBER, false, "IBE_01"))
                .hasMessage(
                        "CONFLICT: s3://lake/out/ holds files that no finished run of this program wrote, and readers of its tables would see them: %s; move them away, or choose another --TARGET_PATH",
                        foreign);
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @Test
    void refusesFilesOfAnotherToolInATargetThatWasNeverPublished() {
        lake.store.put(ROOT + "IBE_01/part-0.parquet", "x").put(ROOT + "IBE_02/part-0.parquet", "x");

        assertFails(FailureKind.CONFLICT, () -> lake.prepare(NOVEMBER, false, "IBE_01", "IBE_02"))
                .hasMessageContaining("would see them: IBE_01/part-0.parquet, IBE_02/part-0.parquet;");
    }

    @Test
    void refusesFilesThatAppearWhileTheRunWritesBeforeAnythingIsVisible() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        TableEntry written = table("IBE_01", SECOND, NOVEMBER);
        Target target = lake.prepare(NOVEMBER, false, "IBE_01");
        lake.store.put(ROOT + "IBE_01/foreign.parquet", "x");
        List<String> before = lake.store.objects();

        assertFails(
                        FailureKind.CONFLICT,
                        () -> lake.publisher.publish(
                                target, SECOND, () -> lake.upload(List.of(written)), List.of(written)))
                .hasMessageContaining("would see them: IBE_01/foreign.parquet;");
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @Test
    void refusesARunOfSomeTablesOfAnotherSnapshotAndChangesNothing() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01", "IBE_02", "IBE_03");
        List<String> before = lake.store.objects();

        assertFails(FailureKind.CONFLICT, () -> lake.prepare(NOVEMBER, true, "IBE_02"))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01, 256 buckets by customer_user_id, would leave other tables of s3://lake/out/ at something else: IBE_01 (2025-10-01), IBE_03 (2025-10-01); run without --TABLES_FILTER");
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesTheDataSetOfAnotherJobAndChangesNothing(boolean onlyTheseTables) {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01");
        List<String> before = lake.store.objects();

        assertFails(
                        FailureKind.CONFLICT,
                        () -> lake.publisher.prepare(new RunContent(
                                "copy", NOVEMBER, FINGERPRINT, BUCKETING, List.of("IBE_01"), onlyTheseTables)))
                .hasMessage(
                        "CONFLICT: s3://lake/out/ is the data set of the job infobase-split-and-bucket, and copy would replace its tables; check --TARGET_PATH");
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @Test
    void refusesARunOfSomeTablesOfASnapshotWhoseFilesChanged() {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01", "IBE_02");

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.prepare(some(NOVEMBER, "another", BUCKETING)))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01, 256 buckets by customer_user_id, would leave other tables of s3://lake/out/ at something else: IBE_01 (the same snapshot before its files changed); run without --TABLES_FILTER");
    }

    static Stream<Bucketing> otherBucketing() {
        return Stream.of(
                new Bucketing("customer_user_id", 128, Bucketing.HIVE_V1),
                new Bucketing("household_id", 256, Bucketing.HIVE_V1));
    }

    @ParameterizedTest
    @MethodSource("otherBucketing")
    void refusesARunOfSomeTablesWithOtherBuckets(Bucketing other) {
        lake.publishAll(NOVEMBER, FIRST, "IBE_01", "IBE_02");

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.prepare(some(NOVEMBER, FINGERPRINT, other)))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01, %d buckets by %s, would leave other tables of s3://lake/out/ at something else: IBE_01 (256 buckets by customer_user_id); run without --TABLES_FILTER",
                        other.count(), other.column());
    }

    @Test
    void takesAnotherStateAndOtherBucketsWhenNoOtherTableStays() {
        lake.publishAll(NOVEMBER, FIRST, "IBE_02");
        RunContent content = some(NOVEMBER, "another", new Bucketing("customer_user_id", 128, Bucketing.HIVE_V1));

        assertThat(lake.publisher.prepare(content).kept()).isEmpty();
    }

    @Test
    void refusesAPointerToAManifestThatIsNotThere() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        lake.store.delete(List.of(InMemoryTarget.DATA_SET.manifest(OCTOBER)));

        assertFails(FailureKind.CONFLICT, lake.publisher::current)
                .hasMessage(
                        "CONFLICT: s3://lake/out/_flywheel/current.json names the manifest s3://lake/out/_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json, which is not there; restore it, or move the data set away");
    }

    @Test
    void refusesAManifestOfALaterFormat() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        String manifest = ROOT + "_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json";
        lake.store.put(manifest, lake.store.text(manifest).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));

        assertFails(FailureKind.CONFLICT, () -> lake.prepare(NOVEMBER, false, "IBE_01"))
                .hasMessage(
                        "CONFLICT: manifest s3://lake/out/_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json has the format version 2, this program knows 1; run the version that wrote it");
    }

    private static RunContent some(SnapshotDate snapshot, String fingerprint, Bucketing bucketing) {
        return new RunContent(JOB, snapshot, fingerprint, bucketing, List.of("IBE_02"), true);
    }
}
