package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.ROOT;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.OCTOBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.publish.DataSetPublisher.Target;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.prepare(NOVEMBER, List.of("IBE_01"), false))
                .hasMessage(
                        "CONFLICT: s3://lake/out/ holds files that no finished run of this program wrote, and readers of its tables would see them: %s; move them away, or choose another --TARGET_PATH",
                        foreign);
        assertThat(lake.store.objects()).isEqualTo(before);
    }

    @Test
    void refusesFilesOfAnotherToolInATargetThatWasNeverPublished() {
        lake.store.put(ROOT + "IBE_01/part-0.parquet", "x").put(ROOT + "IBE_02/part-0.parquet", "x");

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.prepare(NOVEMBER, List.of("IBE_01", "IBE_02"), false))
                .hasMessageContaining("would see them: IBE_01/part-0.parquet, IBE_02/part-0.parquet;");
    }

    @Test
    void refusesFilesThatAppearWhileTheRunWritesBeforeAnythingIsVisible() {
        lake.publishAll(OCTOBER, FIRST, "IBE_01");
        TableEntry written = table("IBE_01", SECOND, NOVEMBER);
        Target target = lake.publisher.prepare(NOVEMBER, List.of("IBE_01"), false);
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

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.prepare(NOVEMBER, List.of("IBE_02"), true))
                .hasMessage(
                        "CONFLICT: a run of some tables at snapshot 2025-11-01 would leave other tables of s3://lake/out/ at another one: IBE_01 (2025-10-01), IBE_03 (2025-10-01); run without --TABLES_FILTER");
        assertThat(lake.store.objects()).isEqualTo(before);
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

        assertFails(FailureKind.CONFLICT, () -> lake.publisher.prepare(NOVEMBER, List.of("IBE_01"), false))
                .hasMessage(
                        "CONFLICT: manifest s3://lake/out/_flywheel/manifests/snapshot_dt=2025-10-01/manifest.json has the format version 2, this program knows 1; run the version that wrote it");
    }
}
