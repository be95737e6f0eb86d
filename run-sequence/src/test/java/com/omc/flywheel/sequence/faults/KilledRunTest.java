package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.sequence.faults.Faults.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose process is killed, just before or just after each step of publishing, over a data set that is published. */
class KilledRunTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String BEFORE = "before";
    private static final String FILE = "<table>/part-<n>-<run>.snappy.parquet";

    @TempDir
    static Path data;

    private static SmallLake lake;
    private static int kills;

    /** The steps of a run in their order, each by one of its writes. */
    private enum Step {
        TAKING_THE_LEASE("ours PutObject _flywheel/lease/<n>.json", 1),
        PREPARED("ours PutObject _flywheel/journal/<run>/prepared.json", 1),
        FIRST_UPLOAD("s3a CreateMultipartUpload " + FILE, 1),
        LAST_TASK("s3a PutObject __magic_job-<run>/job-<run>/<n>/task_<run>_<n>_m_<n>.pendingset", 4),
        COMMITTING("ours PutObject _flywheel/journal/<run>/committing.json", 1),
        FIRST_COMPLETION("ours CompleteMultipartUpload " + FILE, 1),
        LAST_COMPLETION("ours CompleteMultipartUpload " + FILE, 4),
        SNAPSHOT_DATE("ours PutObject metadata/snapshot_dt.txt", 1),
        MANIFEST("ours PutObject _flywheel/manifests/snapshot_dt=<date>/manifest.json", 1),
        CURRENT("ours PutObject _flywheel/current.json", 1),
        DELETING_OLD_FILES("ours DeleteObjects " + FILE, 1),
        DONE("ours PutObject _flywheel/journal/<run>/done.json", 1),
        TIDYING_UP("ours DeleteObjects __magic_job-<run>/", 1),
        FORGETTING("ours DeleteObjects _flywheel/journal/<run>/done.json", 1),
        GIVING_THE_LEASE_BACK("ours PutObject _flywheel/lease/<n>.json", 2);

        private final String kind;
        private final int ordinal;

        Step(String kind, int ordinal) {
            this.kind = kind;
            this.ordinal = ordinal;
        }
    }

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
    }

    @AfterAll
    static void stopLake() {
        System.out.println(kills + " kills");
        lake.close();
    }

    @ParameterizedTest
    @CsvSource({
        "TAKING_THE_LEASE,      BEFORE_SENDING",
        "TAKING_THE_LEASE,      AFTER_THE_EFFECT",
        "PREPARED,              BEFORE_SENDING",
        "PREPARED,              AFTER_THE_EFFECT",
        "FIRST_UPLOAD,          BEFORE_SENDING",
        "FIRST_UPLOAD,          AFTER_THE_EFFECT",
        "LAST_TASK,             BEFORE_SENDING",
        "LAST_TASK,             AFTER_THE_EFFECT",
        "COMMITTING,            BEFORE_SENDING",
        "COMMITTING,            AFTER_THE_EFFECT",
        "FIRST_COMPLETION,      BEFORE_SENDING",
        "FIRST_COMPLETION,      AFTER_THE_EFFECT",
        "LAST_COMPLETION,       BEFORE_SENDING",
        "LAST_COMPLETION,       AFTER_THE_EFFECT",
        "DELETING_OLD_FILES,    BEFORE_SENDING",
        "DELETING_OLD_FILES,    AFTER_THE_EFFECT",
        "SNAPSHOT_DATE,         BEFORE_SENDING",
        "SNAPSHOT_DATE,         AFTER_THE_EFFECT",
        "MANIFEST,              BEFORE_SENDING",
        "MANIFEST,              AFTER_THE_EFFECT",
        "CURRENT,               BEFORE_SENDING",
        "CURRENT,               AFTER_THE_EFFECT",
        "DONE,                  BEFORE_SENDING",
        "DONE,                  AFTER_THE_EFFECT",
        "TIDYING_UP,            BEFORE_SENDING",
        "TIDYING_UP,            AFTER_THE_EFFECT",
        "FORGETTING,            BEFORE_SENDING",
        "FORGETTING,            AFTER_THE_EFFECT",
        "GIVING_THE_LEASE_BACK, BEFORE_SENDING",
        "GIVING_THE_LEASE_BACK, AFTER_THE_EFFECT",
    })
    void isFinishedOrUndoneByTheNextOne(Step step, Moment moment) {
        String name = "%s-%s".formatted(step, moment);
        DataSet dataSet = lake.dataSet(name);
        StoredDataSet stored = lake.stored(dataSet);
        lake.run(name, BEFORE).publish();

        String killed = kill(dataSet, Duration.ofHours(1), step, moment);

        assertReadersAreNotMisled(stored, step, moment);
        if (isHeld(step, moment)) {
            assertIsBusy(lake.run(name, "too early"), killed);
            lake.letLeasesAge(dataSet);
        }
        TinyRun recovery = lake.run(name, "recovery");
        recovery.recoverOnly();
        assertThat(stored.isAsTheManifestSays()).isTrue();
        assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf(isPublished(step, moment) ? StoppedRun.TEXT : BEFORE));

        TinyRun next = lake.run(name, "next").at(TinyRun.SECOND_DAY);
        next.publish();
        stored.assertIsClean(next.id(), Set.of(TinyRun.FIRST_DAY, TinyRun.SECOND_DAY), StoredDataSet.rowsOf("next"));
    }

    @Test
    void isFollowedOnceItHasGivenNoSignOfLifeForLongEnough() {
        DataSet dataSet = lake.dataSet("waited-for");
        lake.run("waited-for", BEFORE).publish();
        String killed = kill(dataSet, Duration.ofSeconds(2), Step.FIRST_COMPLETION, Moment.AFTER_THE_EFFECT);
        TinyRun next = lake.run("waited-for", "next");

        assertIsBusy(next, killed);
        Polling.until(
                DEADLINE, "the lease is over", () -> refusal(next::recoverOnly).isEmpty());

        next.again().publish();
        assertThat(lake.stored(dataSet).rows()).isEqualTo(StoredDataSet.rowsOf("next"));
    }

    private static String kill(DataSet dataSet, Duration timeToLive, Step step, Moment moment) {
        try (ChildRun child = StoppedRun.start(lake, dataSet, timeToLive, step.kind, step.ordinal, moment)) {
            String run =
                    child.waitForLine(line -> line.startsWith("RUN "), DEADLINE).substring("RUN ".length());
            child.waitForLine(line -> line.startsWith("AT "), DEADLINE);
            if (step == Step.LAST_COMPLETION && moment == Moment.AFTER_THE_EFFECT) {
                // Those before it were sent in other threads and may still be under way.
                Polling.until(DEADLINE, "all are completed", () -> lake.store()
                        .pendingUploads(dataSet.root())
                        .isEmpty());
            }
            child.kill();
            kills++;
            return run;
        }
    }

    /** Who follows the manifest finds every file of one run at any time; who lists folders, as long as none commits. */
    private static void assertReadersAreNotMisled(StoredDataSet stored, Step step, Moment moment) {
        assertThat(stored.rowsOfManifest())
                .isEqualTo(StoredDataSet.rowsOf(isBefore(step, moment, Step.CURRENT) ? BEFORE : StoppedRun.TEXT));
        boolean bothAreThere =
                !isBefore(step, moment, Step.FIRST_COMPLETION) && isBefore(step, moment, Step.DELETING_OLD_FILES);
        assertThat(stored.isAsTheManifestSays()).isEqualTo(!bothAreThere);
        if (bothAreThere) {
            assertThat(stored.isBeingCommitted()).isTrue();
        }
    }

    /** Every run is published whose files were all completed. */
    private static boolean isPublished(Step step, Moment moment) {
        return !isBefore(step, moment, Step.LAST_COMPLETION);
    }

    private static boolean isHeld(Step step, Moment moment) {
        return !isBefore(step, moment, Step.TAKING_THE_LEASE) && isBefore(step, moment, Step.GIVING_THE_LEASE_BACK);
    }

    /** True when the other step had no effect yet. */
    private static boolean isBefore(Step step, Moment moment, Step other) {
        return step.compareTo(other) < 0 || (step == other && moment == Moment.BEFORE_SENDING);
    }

    private static void assertIsBusy(TinyRun run, String holder) {
        assertThat(refusal(run::publish)).hasValueSatisfying(busy -> assertThat(busy)
                .hasMessageContaining("is being written by run %s (%s, process of %s)"
                        .formatted(holder, TinyRun.JOB, StoppedRun.TEXT))
                .hasMessageContaining(" since 20"));
    }

    private static Optional<JobFailure> refusal(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (JobFailure e) {
            assertThat(e.kind()).isEqualTo(FailureKind.BUSY);
            return Optional.of(e);
        }
    }
}
