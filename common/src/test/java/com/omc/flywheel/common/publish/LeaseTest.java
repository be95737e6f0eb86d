package com.omc.flywheel.common.publish;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.common.publish.InMemoryTarget.DATA_SET;
import static com.omc.flywheel.common.publish.InMemoryTarget.TIME_TO_LIVE;
import static com.omc.flywheel.common.publish.InMemoryTarget.UNTIL_OVER;
import static com.omc.flywheel.common.publish.InMemoryTarget.holder;
import static com.omc.flywheel.common.publish.Manifests.FIRST;
import static com.omc.flywheel.common.publish.Manifests.NOVEMBER;
import static com.omc.flywheel.common.publish.Manifests.SECOND;
import static com.omc.flywheel.common.publish.Manifests.THIRD;
import static com.omc.flywheel.common.publish.Manifests.all;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.SteppedStore.Step;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
    private static final Step NOTHING = call -> {};
    private static final String LOST_TO_SECOND =
            "CONFLICT: run 20251102T031500Z-00000001 has lost the lease of s3://lake/out/, having given no sign of life for 300 s: run 20251103T031500Z-00000002 (infobase-split-and-bucket, process 1) took it over at 2025-12-01T00:05:03Z; this run writes nothing more: see what the other one published, and start this job again if that is not what it was to publish";

    private final InMemoryTarget lake = new InMemoryTarget();
    private final InMemoryObjectStore store = lake.store;

    private Lease take(RunId run) {
        return Lease.take(store, DATA_SET, holder(run));
    }

    private static JobFailure noAnswer() {
        return new JobFailure(FailureKind.SERVICE, "no answer");
    }

    /** A way to the store on which the answers to these calls are lost. */
    private SteppedStore losingAnswers(Integer... calls) {
        return new SteppedStore(store, NOTHING, number -> {
            if (List.of(calls).contains(number)) {
                throw noAnswer();
            }
        });
    }

    private String content(long number) {
        return store.text(DATA_SET.lease() + "" + number + ".json");
    }

    @Test
    void isTakenWhenNobodyHoldsIt() {
        Lease lease = take(FIRST);

        lease.require();
        assertThat(lease.number()).isEqualTo(1);
        assertThat(lake.leaseFiles()).containsExactly("1.json");
        assertThat(content(1))
                .contains("\"runId\" : \"20251102T031500Z-00000001\"", "\"heldSince\" : \"2025-12-01T00:00:00Z\"");
    }

    @Test
    void saysWhoHoldsItSinceWhenByTheClockOfTheStoreAndHowLongToWait() {
        take(FIRST);
        store.advance(Duration.ofSeconds(100));

        assertFails(FailureKind.BUSY, () -> take(SECOND))
                .hasMessage(
                        "BUSY: s3://lake/out/ is being written by run 20251102T031500Z-00000001 (infobase-split-and-bucket, process 1) since 2025-12-01T00:00:00Z, last sign of life 100 s ago; start again when it has ended; if it was killed, after 203 more seconds without one");
        assertThat(lake.leaseFiles()).containsExactly("1.json");
    }

    @Test
    void isHeldSinceItWasTakenAndNotSinceItWasProlonged() {
        Lease lease = take(FIRST);
        store.advance(Duration.ofSeconds(250));
        lease.prolong();
        store.advance(Duration.ofSeconds(250));

        assertFails(FailureKind.BUSY, () -> take(SECOND))
                .hasMessageContaining("since 2025-12-01T00:00:00Z, last sign of life 250 s ago;");
    }

    @Test
    void isGivenToExactlyOneOfManyWhoReachForItAtOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 50; round++) {
                InMemoryObjectStore shared = InMemoryObjectStore.withBuckets("lake");
                List<Future<Lease>> all = new ArrayList<>();
                for (int run = 0; run < 8; run++) {
                    RunId id = new RunId("20251102T031500Z-0000000" + run);
                    all.add(pool.submit(() -> Lease.take(shared, DATA_SET, holder(id))));
                }
                assertThat(all.stream().filter(LeaseTest::isTaken)).hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean isTaken(Future<Lease> lease) {
        try {
            lease.get().require();
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(JobFailure.class).hasMessageStartingWith("BUSY: ");
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isTakenOverAfterItsTimeAndNotASecondBefore() {
        take(FIRST);
        store.advance(TIME_TO_LIVE.plusSeconds(2));
        assertFails(FailureKind.BUSY, () -> take(SECOND)).hasMessageContaining("after 1 more seconds");
        store.advance(Duration.ofSeconds(1));

        take(SECOND).require();
        assertThat(lake.leaseFiles()).containsExactly("2.json");
    }

    @Test
    void countsItsTimeFromTheLastSignOfLife() {
        Lease lease = take(FIRST);
        store.advance(TIME_TO_LIVE);
        lease.prolong();
        store.advance(TIME_TO_LIVE);

        assertFails(FailureKind.BUSY, () -> take(SECOND)).hasMessageContaining("last sign of life 300 s ago");
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 0, 3600})
    void asksNoClockOfAMachine(long secondsOff) {
        Clock wrong = Clock.offset(InMemoryTarget.CLOCK, Duration.ofSeconds(secondsOff));
        DataSetPublisher publisher = new DataSetPublisher(store, DATA_SET, wrong);
        try (HeldDataSet held = publisher.hold(holder(FIRST))) {
            store.advance(TIME_TO_LIVE.plusSeconds(2));
            assertFails(FailureKind.BUSY, () -> publisher.hold(holder(SECOND)))
                    .hasMessageContaining("since 2025-12-01T00:00:00Z, last sign of life 302 s ago");
            assertThat(held.recovered()).isEmpty();
            store.advance(Duration.ofSeconds(1));

            try (HeldDataSet taken = publisher.hold(holder(SECOND))) {
                assertThat(taken.recovered()).isEmpty();
                assertFails(FailureKind.BUSY, () -> publisher.hold(holder(THIRD)))
                        .hasMessageContaining("since 2025-12-01T00:05:03Z, last sign of life 0 s ago");
            }
        }
    }

    @Test
    void isFreeAtOnceWhenItWasGivenBack() {
        take(FIRST).close();
        assertThat(lake.leaseFiles()).containsExactly("2.json");
        assertThat(content(2)).contains("\"released\" : true");

        Lease next = take(SECOND);
        next.require();
        assertThat(next.number()).isEqualTo(3);
        assertThat(lake.leaseFiles()).containsExactly("3.json");
    }

    @Test
    void isProlongedByTheNextNumberAndForgetsTheLast() {
        Lease lease = take(FIRST);
        lease.prolong();
        lease.prolong();

        lease.require();
        assertThat(lease.number()).isEqualTo(3);
        assertThat(lake.leaseFiles()).containsExactly("3.json");
    }

    @Test
    void isProlongedByWhoAsksForItWhenItsTimeIsOverAndNobodyTookIt() {
        Lease lease = take(FIRST);
        store.advance(UNTIL_OVER);

        lease.require();
        assertThat(lake.leaseFiles()).containsExactly("2.json");
        assertFails(FailureKind.BUSY, () -> take(SECOND)).hasMessageContaining("last sign of life 0 s ago");
    }

    @Test
    void tellsARunThatLostItWhoHasIt() {
        Lease late = take(FIRST);
        store.advance(UNTIL_OVER);
        Lease taken = take(SECOND);

        assertFails(FailureKind.CONFLICT, late::require).hasMessage(LOST_TO_SECOND);
        assertFails(FailureKind.CONFLICT, late::prolong).hasMessage(LOST_TO_SECOND);
        late.close();
        taken.require();
        assertThat(lake.leaseFiles()).containsExactly("2.json");
        assertThat(content(2)).contains("\"runId\" : \"20251103T031500Z-00000002\"", "\"released\" : false");
    }

    @Test
    void tellsALateRunThatCanCreateItsNextNumberAgainThatItHasLost() {
        Lease late = take(FIRST);
        store.advance(UNTIL_OVER);
        Lease taken = take(SECOND);
        taken.prolong();
        assertThat(lake.leaseFiles()).containsExactly("3.json");

        assertFails(FailureKind.CONFLICT, late::prolong).hasMessage(LOST_TO_SECOND);
        assertFails(FailureKind.CONFLICT, late::require).hasMessage(LOST_TO_SECOND);
        late.close();
        taken.require();
        assertFails(FailureKind.BUSY, () -> take(THIRD)).hasMessageContaining("by run 20251103T031500Z-00000002");
        taken.close();
        take(THIRD).close();
        assertThat(lake.leaseFiles()).hasSize(1);
    }

    @Test
    void isLeftAloneWhenALateRunGivesBackANumberThatIsFreeAgain() {
        Lease late = take(FIRST);
        store.advance(UNTIL_OVER);
        Lease taken = take(SECOND);
        taken.prolong();

        late.close();
        taken.require();
        assertFails(FailureKind.BUSY, () -> take(THIRD)).hasMessageContaining("by run 20251103T031500Z-00000002");
    }

    @Test
    void isLostToARunThatHasEndedSince() {
        Lease late = take(FIRST);
        store.advance(UNTIL_OVER);
        take(SECOND).close();

        assertFails(FailureKind.CONFLICT, late::require).hasMessage(LOST_TO_SECOND);
    }

    @Test
    void goesOnAboveANumberThatWasUsedBefore() {
        Lease lease = take(FIRST);

        lease.raiseAbove(7);
        lease.raiseAbove(3);

        assertThat(lease.number()).isEqualTo(8);
        assertThat(lake.leaseFiles()).containsExactly("8.json");
        lease.require();
        assertFails(FailureKind.BUSY, () -> take(SECOND)).hasMessageContaining(FIRST.value());
    }

    @Test
    void isLostWhenItsFileIsGone() {
        Lease lease = take(FIRST);
        store.delete(List.of(DATA_SET.lease().file("1.json")));

        assertFails(FailureKind.CONFLICT, lease::require)
                .hasMessageContaining("having given no sign of life for 300 s: its file is gone;");
    }

    @Test
    void isStillHeldWhenTheAnswerToProlongingItWasLost() {
        // Taking it: list, create, list, delete of 0.json.
        Lease lease = Lease.take(losingAnswers(5), DATA_SET, holder(FIRST));
        assertFails(FailureKind.SERVICE, lease::prolong).hasMessage("SERVICE: no answer");
        assertThat(lake.leaseFiles()).containsExactly("1.json", "2.json");

        lease.require();
        assertThat(lease.number()).isEqualTo(2);
        lease.close();
        assertThat(lake.leaseFiles()).containsExactly("3.json");
        take(SECOND).require();
    }

    @Test
    void isProlongedAgainWhenTheAnswerToProlongingItWasLost() {
        Lease lease = Lease.take(losingAnswers(5), DATA_SET, holder(FIRST));
        assertFails(FailureKind.SERVICE, lease::prolong).hasMessage("SERVICE: no answer");

        lease.prolong();
        lease.require();
        assertThat(lake.leaseFiles()).containsExactly("2.json");
    }

    @Test
    void isGivenBackWhenTheAnswerToProlongingItWasLost() {
        Lease lease = Lease.take(losingAnswers(5), DATA_SET, holder(FIRST));
        assertFails(FailureKind.SERVICE, lease::prolong).hasMessage("SERVICE: no answer");

        lease.close();
        assertThat(lake.leaseFiles()).containsExactly("3.json");
        take(SECOND).require();
    }

    @Test
    void isFreeWhenOnlyTheAnswerToGivingItBackWasLost() {
        Lease lease = Lease.take(losingAnswers(5), DATA_SET, holder(FIRST));

        lease.close();
        take(SECOND).require();
        assertThat(lake.leaseFiles()).containsExactly("3.json");
    }

    @Test
    void isGivenBackWhenTheListingAfterTakingItFails() {
        store.failCall(3, noAnswer());

        assertFails(FailureKind.SERVICE, () -> take(FIRST)).hasMessage("SERVICE: no answer");
        take(SECOND).require();
    }

    @Test
    void isGivenBackWhenNothingMayBeDeleted() {
        store.failCall(4, new JobFailure(FailureKind.ACCESS_DENIED, "s3:DeleteObject was refused"));

        assertFails(FailureKind.ACCESS_DENIED, () -> take(FIRST))
                .hasMessage("ACCESS_DENIED: s3:DeleteObject was refused");
        assertThat(content(2)).contains("\"released\" : true");
        take(SECOND).require();
        assertThat(lake.leaseFiles()).containsExactly("3.json");
    }

    @Test
    void isOverInTimeWhenItCouldNotBeGivenBack() {
        Lease lease = take(FIRST);
        store.failCall(1, noAnswer());
        lease.close();

        assertFails(FailureKind.BUSY, () -> take(SECOND)).hasMessageContaining("by run 20251102T031500Z-00000001");
        store.advance(UNTIL_OVER);
        take(SECOND).require();
    }

    @Test
    void isGivenBackOnce() {
        Lease lease = take(FIRST);
        lease.close();
        Lease next = take(SECOND);
        lease.close();
        lease.prolong();

        next.require();
        assertThat(lake.leaseFiles()).containsExactly("3.json");
    }

    @Test
    void leavesOneFileWhateverHappenedBefore() {
        take(FIRST);
        store.advance(UNTIL_OVER);
        Lease second = take(SECOND);
        second.prolong();
        second.close();
        Manifest manifest = lake.publish(all(NOVEMBER, "IBE_01"), THIRD, false);

        lake.assertAtRest(manifest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"readme.txt", "1.json.bak", "x1.json", "1/2.json", "1234567890123456789.json"})
    void refusesAndNamesAFileOfAnotherForm(String foreign) {
        store.put(DATA_SET.lease() + foreign, "x");

        assertFails(FailureKind.CONFLICT, () -> take(FIRST))
                .hasMessage(
                        "CONFLICT: s3://lake/out/_flywheel/lease/%s is no file of a lease; only this program may write there: move it away",
                        foreign);
    }

    @Test
    void refusesAFileOfALaterFormat() {
        take(FIRST);
        store.put(DATA_SET.lease() + "1.json", content(1).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));

        assertFails(FailureKind.CONFLICT, () -> take(SECOND))
                .hasMessage(
                        "CONFLICT: s3://lake/out/_flywheel/lease/1.json has the format version 2, this program knows 1; run the version that wrote it");
    }
}
