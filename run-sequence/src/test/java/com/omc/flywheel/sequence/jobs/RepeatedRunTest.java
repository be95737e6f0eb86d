package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.testdata.Fault;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job does where a run before it has been, by the arguments that say so. */
class RepeatedRunTest {
    private static final String[] MAPPING = {"IBE_01,ibe1802,x,x,1", "IBE_02,ibe2001,x,x,1"};

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(MAPPING);
        lake.generate(GeneratorOptions.defaults().withRows(300).withMapping(mapping));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void saysAlreadyPublishedAndTouchesNothing() {
        run();
        Manifest before = lake.manifest(WIDE_TARGET);
        List<StoredObject> objects = lake.store().list(WIDE_TARGET);

        String said = run();

        assertThat(said)
                .isEqualToIgnoringNewLines(
                        "already published: snapshot 2025-11-01 is in %s with this source, mapping and arguments, by run %s; nothing is written, --FORCE true writes it again"
                                .formatted(WIDE_TARGET, before.runId()));
        assertThat(lake.store().list(WIDE_TARGET)).isEqualTo(objects);
    }

    @Test
    void saysAlreadyPublishedOfSomeOfTheTables() {
        run();

        assertThat(run("TABLES_FILTER", "IBE_02")).startsWith("already published: snapshot 2025-11-01");
    }

    @ParameterizedTest
    @CsvSource({"FORCE,true", "TARGET_FILE_MB,0.5", "BUCKET_COUNT,8", "SNAPSHOT_DT,2025-10-01"})
    void writesAgainWhenItIsForcedOrAskedForSomethingElse(String name, String value) {
        run();
        Manifest before = lake.manifest(WIDE_TARGET);

        assertThat(run(name, value)).startsWith("published snapshot");

        assertThat(lake.manifest(WIDE_TARGET).runId()).isNotEqualTo(before.runId());
    }

    @Test
    void writesAgainWhenTheMappingHasChanged() {
        run();
        lake.mapping(MAPPING[1], MAPPING[0]);

        assertThat(run()).startsWith("published snapshot");
    }

    @Test
    void writesAgainWhenAFileIsMissing() {
        run();
        String lost = lake.manifest(WIDE_TARGET).tables().get(0).files().get(0).key();
        lake.store().delete(List.of(WIDE_TARGET.resolve(lost)));

        assertThat(run()).startsWith("published snapshot");
    }

    @Test
    void replacesFilesOfAnotherToolWhenItIsToldToTakeThemOver() {
        S3Uri foreign = WIDE_TARGET.folder("IBE_01").file("part-of-another-tool.parquet");
        S3Uri elsewhere = WIDE_TARGET.folder("IBE_77").file("part-of-another-tool.parquet");
        write(foreign);
        write(elsewhere);
        assertThatThrownBy(this::run)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("IBE_01/part-of-another-tool.parquet")
                .hasMessageEndingWith("or let this run replace them with --TAKE_OVER true");

        run("TAKE_OVER", "true");

        assertThat(lake.store().exists(foreign)).isFalse();
        assertThat(lake.store().exists(elsewhere)).isTrue();
        assertThat(lake.store().list(WIDE_TARGET.folder("IBE_01"))).hasSize(1);
    }

    @Test
    void mixesSnapshotsOnlyWhenItIsAllowedTo() {
        run("SNAPSHOT_DT", "2025-10-01");

        run("TABLES_FILTER", "IBE_02", "ALLOW_MIXED_SNAPSHOTS", "true");

        Manifest manifest = lake.manifest(WIDE_TARGET);
        assertThat(manifest.tables())
                .extracting(TableEntry::snapshotDt)
                .extracting(SnapshotDate::toString)
                .containsExactly("2025-10-01", "2025-11-01");
        assertThat(manifest.tables()).extracting(TableEntry::runId).doesNotHaveDuplicates();
    }

    @Test
    void isBusyWhileAnotherRunHoldsTheDataSetAndPublishesAfterIt() {
        RunId other = new RunId("20251102T031500Z-00000001");
        Holder holder = new Holder(other, "another-job", "process 7 on host", Duration.ofMinutes(5));
        try (HeldDataSet held =
                new DataSetPublisher(lake.store(), new DataSet(WIDE_TARGET), Clock.systemUTC()).hold(holder)) {
            held.requireHeld();
            assertThatThrownBy(this::run)
                    .isInstanceOfSatisfying(JobFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(FailureKind.BUSY))
                    .hasMessageStartingWith(
                            "BUSY: %s is being written by run %s (another-job, process 7 on host) since 2"
                                    .formatted(WIDE_TARGET, other))
                    .hasMessageContaining("start again when it has ended");
        }

        assertThat(run()).startsWith("published snapshot");
    }

    @Test
    void recoversOnlyAndReadsNothingOfTheSource() {
        run();

        assertThat(run("RECOVER_ONLY", "true", "SOURCE_PATH", "s3://lake/no-such-source/"))
                .isEqualToIgnoringNewLines("nothing to recover in " + WIDE_TARGET);
    }

    @Test
    void recoversNothingWhereNoRunHasBeen() {
        assertThatThrownBy(() -> run("RECOVER_ONLY", "true"))
                .isInstanceOf(JobFailure.class)
                .hasMessage(
                        "MISSING_INPUT: --TARGET_PATH %s: no run of this program has written there, so there is nothing to recover; check the path",
                        WIDE_TARGET);
        assertThat(lake.store().list(WIDE_TARGET)).isEmpty();
    }

    @Test
    void isToldOfRowsWithoutAKeyThatItMayNotHaveAlthoughTheyArePublished() throws Exception {
        lake.generate(GeneratorOptions.defaults()
                .withRows(300)
                .withMapping(lake.files(Lake.MAPPING))
                .withFaults(Fault.NULL_KEYS));
        run("MAX_NULL_KEYS", "3");

        assertThat(run("MAX_NULL_KEYS", "5")).startsWith("already published");
        assertThatThrownBy(this::run)
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("3 rows have no customer_user_id, --MAX_NULL_KEYS allows 0");
    }

    @Test
    void doesNotTakeADryRunThatRecovers() {
        assertThatThrownBy(() -> run("RECOVER_ONLY", "true", "DRY_RUN", "true"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining(
                        "--DRY_RUN true writes nothing, --RECOVER_ONLY true finishes or undoes runs; give one of them");
    }

    private String run(String... namesAndValues) {
        return lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments(namesAndValues))
                .render();
    }

    private String run() {
        return run(new String[0]);
    }

    private void write(S3Uri object) {
        lake.store().write(object, "rows".getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    }
}
