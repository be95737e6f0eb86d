package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3ObjectStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two runs on one data set: at once, or one after the other has given no sign of life for too long. */
class TwoRunsTest {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Set<SnapshotDate> DAYS = Set.of(TinyRun.FIRST_DAY);

    @TempDir
    static Path data;

    private static SmallLake lake;
    private static ExecutorService threads;
    private static int races;
    private static int takenOver;

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stopLake() {
        System.out.println("%d races, %d runs taken over".formatted(races, takenOver));
        threads.shutdownNow();
        lake.close();
    }

    @RepeatedTest(10)
    void onlyOneOfTwoPublishes(RepetitionInfo round) {
        race("race-" + round.getCurrentRepetition(), Clock.systemUTC(), Clock.systemUTC());
    }

    /** The clocks of the machines may be wrong as they like: only the store's counts. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "-1, 1", "1, -1"})
    void onlyOneOfTwoPublishesByWhateverClock(int hoursOfOne, int hoursOfTheOther) {
        race("clocks%d%d".formatted(hoursOfOne, hoursOfTheOther), clock(hoursOfOne), clock(hoursOfTheOther));
    }

    @Test
    void doNotDisturbEachOtherOnTwoDataSets() {
        CyclicBarrier start = new CyclicBarrier(2);
        CyclicBarrier bothHeld = new CyclicBarrier(2);
        TinyRun one = lake.run("side", "one").waitingFor(() -> await(bothHeld));
        TinyRun other = lake.run("side-by-side", "other").waitingFor(() -> await(bothHeld));

        Future<Optional<Exception>> first = inAThread(one, start);
        Future<Optional<Exception>> second = inAThread(other, start);

        assertThat(result(first)).isEmpty();
        assertThat(result(second)).isEmpty();
        lake.stored(one.dataSet()).assertIsClean(one.id(), DAYS, StoredDataSet.rowsOf("one"));
        lake.stored(other.dataSet()).assertIsClean(other.id(), DAYS, StoredDataSet.rowsOf("other"));
    }

    /** The real thing, by real time. */
    @Test
    void aRunThatSleptAtItsFirstCompletionCompletesNothingAnyMore() {
        lake.run("slept", "before").publish();
        Sleeper sleeper = new Sleeper(lake.run("slept", "late").living(Duration.ofSeconds(1)), "complete");
        TinyRun taker = lake.run("slept", "taker");
        Polling.until(DEADLINE, "the lease is over", () -> publishes(taker));

        JobFailure failure = sleeper.wakeUp();

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessageContaining("run %s has lost the lease".formatted(sleeper.id()))
                .hasMessageContaining(
                        "run %s (%s, process of taker) took it over at 20".formatted(taker.id(), TinyRun.JOB));
        StoredDataSet stored = lake.stored(taker.dataSet());
        assertThat(stored.isAsTheManifestSays()).isTrue();
        assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf("taker"));
        // Its heartbeat may have left a file of the lease, of a number that means nothing.
        TinyRun next = lake.run("slept", "next");
        next.publish();
        stored.assertIsClean(next.id(), DAYS, StoredDataSet.rowsOf("next"));
    }

    /** The fence is up before the next run writes, not only when it ends. */
    @Test
    void aRunIsFencedOffAsSoonAsItsFollowerHasRecovered() {
        lake.run("fenced", "before").publish();
        Sleeper sleeper = new Sleeper(lake.run("fenced", "late"), "complete");
        DataSet dataSet = lake.dataSet("fenced");
        StoredDataSet stored = lake.stored(dataSet);
        lake.letLeasesAge(dataSet);
        TinyRun taker = lake.run("fenced", "taker").waitingFor(() -> {
            assertThat(sleeper.wakeUp().kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf("before"));
        });

        taker.publish();

        stored.assertIsClean(taker.id(), DAYS, StoredDataSet.rowsOf("taker"));
    }

    /**
     * Where else it may have slept: before its first task (no call of our client), before the mark COMMITTING, before
     * its uploads are completed, before it looks for what became of them, before it deletes the old files.
     */
    @ParameterizedTest
    @ValueSource(strings = {"the tasks", "create", "complete", "pendingUploads", "delete"})
    void aRunThatSleptPublishesNothing(String where) {
        String name = "slept-at-" + where.replace(" ", "-");
        lake.run(name, "before").publish();
        Sleeper sleeper = new Sleeper(lake.run(name, "late"), where);
        DataSet dataSet = lake.dataSet(name);
        StoredDataSet stored = lake.stored(dataSet);
        lake.letLeasesAge(dataSet);
        TinyRun taker = lake.run(name, "taker");
        taker.publish();

        JobFailure failure = sleeper.wakeUp();

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessageContaining("has lost the lease")
                .hasMessageContaining(taker.id().value());
        if (!where.equals("complete")) {
            assertThat(sleeper.calledSince()).isNotEmpty().doesNotContain("complete");
        }
        assertThat(stored.isAsTheManifestSays()).isTrue();
        assertThat(stored.manifest().runId()).isEqualTo(taker.id());
        assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf("taker"));

        TinyRun next = lake.run(name, "next");
        next.publish();
        stored.assertIsClean(next.id(), DAYS, StoredDataSet.rowsOf("next"));
    }

    /** It slept just before the one write that nothing fences: it says so, and the next run writes the manifest again. */
    @Test
    void aRunThatSleptBeforeItsManifestIsPutRight() {
        lake.run("manifest", "before").publish();
        Sleeper sleeper = new Sleeper(lake.run("manifest", "late"), "write");
        DataSet dataSet = lake.dataSet("manifest");
        StoredDataSet stored = lake.stored(dataSet);
        lake.letLeasesAge(dataSet);
        TinyRun taker = lake.run("manifest", "taker");
        taker.publish();
        assertThat(sleeper.wakeUp())
                .hasMessageContaining("run %s has lost the lease".formatted(sleeper.id()))
                .hasMessageContaining(taker.id().value());
        assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf("taker"));

        lake.run("manifest", "recovery").recoverOnly();

        assertThat(stored.isAsTheManifestSays()).isTrue();
        assertThat(stored.manifest().runId()).isEqualTo(taker.id());
        TinyRun next = lake.run("manifest", "next");
        next.publish();
        stored.assertIsClean(next.id(), DAYS, StoredDataSet.rowsOf("next"));
    }

    private static void race(String name, Clock clockOfOne, Clock clockOfTheOther) {
        races++;
        lake.run(name, "before").publish();
        CyclicBarrier start = new CyclicBarrier(2);
        CountDownLatch oneEnded = new CountDownLatch(1);
        try (S3ObjectStore storeOfOne = SmallLake.connect(lake.endpoint());
                S3ObjectStore storeOfTheOther = SmallLake.connect(lake.endpoint())) {
            // Whoever holds the data set goes on when the other one was refused: they do meet.
            TinyRun one = lake.run(name, "one")
                    .through(storeOfOne)
                    .byClock(clockOfOne)
                    .waitingFor(() -> await(oneEnded));
            TinyRun other = lake.run(name, "other")
                    .through(storeOfTheOther)
                    .byClock(clockOfTheOther)
                    .waitingFor(() -> await(oneEnded));
            Future<Optional<Exception>> first = inAThread(one, start, oneEnded);
            Future<Optional<Exception>> second = inAThread(other, start, oneEnded);

            Optional<Exception> ofOne = result(first);
            Optional<Exception> ofTheOther = result(second);

            assertThat(List.of(ofOne, ofTheOther))
                    .as("what became of both: %s, %s", ofOne, ofTheOther)
                    .filteredOn(Optional::isEmpty)
                    .hasSize(1);
            TinyRun winner = ofOne.isEmpty() ? one : other;
            assertThat(ofOne.or(() -> ofTheOther).orElseThrow())
                    .isInstanceOfSatisfying(
                            JobFailure.class, busy -> assertThat(busy.kind()).isEqualTo(FailureKind.BUSY))
                    .hasMessageContaining("is being written by run %s (%s, process of %s) since 20"
                            .formatted(winner.id(), TinyRun.JOB, winner.text()));
            lake.stored(winner.dataSet()).assertIsClean(winner.id(), DAYS, StoredDataSet.rowsOf(winner.text()));
        }
    }

    private static Clock clock(int hours) {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
    }

    private static boolean publishes(TinyRun run) {
        try {
            run.publish();
            return true;
        } catch (JobFailure e) {
            assertThat(e.kind()).isEqualTo(FailureKind.BUSY);
            return false;
        }
    }

    private static Future<Optional<Exception>> inAThread(TinyRun run, CyclicBarrier start) {
        return inAThread(run, start, new CountDownLatch(1));
    }

    private static Future<Optional<Exception>> inAThread(TinyRun run, CyclicBarrier start, CountDownLatch ended) {
        return threads.submit(() -> {
            await(start);
            try {
                run.publish();
                return Optional.empty();
            } catch (Exception e) {
                return Optional.of(e);
            } finally {
                ended.countDown();
            }
        });
    }

    private static Optional<Exception> result(Future<Optional<Exception>> run) {
        try {
            return run.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a run did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the other run did not come", e);
        }
    }

    private static void await(CountDownLatch event) {
        try {
            if (!event.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it did not happen within " + DEADLINE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A run that stands still in a thread of its own until it is woken up. */
    private static final class Sleeper {
        private final SuspendedStore store = new SuspendedStore(lake.store());
        private final CountDownLatch beforeTasks = new CountDownLatch(1);
        private final CountDownLatch tasks = new CountDownLatch(1);
        private final Future<Optional<Exception>> run;
        private final TinyRun sleeping;

        Sleeper(TinyRun late, String where) {
            sleeping = late.through(store.store()).waitingFor(() -> {
                if (where.equals("the tasks")) {
                    beforeTasks.countDown();
                    await(tasks);
                } else {
                    store.suspendAt(where);
                }
            });
            run = inAThread(sleeping, new CyclicBarrier(1));
            if (where.equals("the tasks")) {
                await(beforeTasks);
            } else {
                store.awaitStandstill();
            }
            takenOver++;
        }

        String id() {
            return sleeping.id().value();
        }

        List<String> calledSince() {
            return store.calledSince();
        }

        JobFailure wakeUp() {
            Exception failure = wokenUp().orElseThrow(() -> new AssertionError("it published"));
            assertThat(failure).isInstanceOf(JobFailure.class);
            return (JobFailure) failure;
        }

        private Optional<Exception> wokenUp() {
            tasks.countDown();
            store.resume();
            return result(run);
        }
    }
}
