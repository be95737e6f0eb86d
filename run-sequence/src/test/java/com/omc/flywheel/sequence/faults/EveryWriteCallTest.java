package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.sequence.faults.S3Call.Client;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks every single write of a run in every way, over a data set that is published, with listings of three entries a
 * page. Whatever the run says, the data set must be whole or say that it is not, and the next run must end as if nothing
 * had been.
 *
 * <p>Each case goes on from what the one before has left, which that one has shown to be clean.
 */
class EveryWriteCallTest {
    private static final int PAGE = 3;
    private static final List<SnapshotDate> DAYS = List.of(TinyRun.FIRST_DAY, TinyRun.SECOND_DAY);
    private static final List<Fault> OF_OUR_CLIENT = List.of(
            Fault.BEFORE_SENDING,
            Fault.AFTER_THE_EFFECT,
            Fault.TIMED_OUT_ONCE,
            Fault.THROTTLED_ONCE,
            Fault.PRECONDITION_FAILED,
            Fault.CONFLICT);
    /**
     * To S3A, what never has an effect is one and the same: it gives up, at once or after repeating it, and the task
     * aborts itself.
     */
    private static final List<Fault> OF_S3A =
            List.of(Fault.AFTER_THE_EFFECT, Fault.TIMED_OUT_ONCE, Fault.THROTTLED_ONCE, Fault.PRECONDITION_FAILED);

    @TempDir
    static Path data;

    private static SmallLake lake;
    private static List<S3Call> writes;
    private static final Map<String, Integer> outcomes = new TreeMap<>();
    private static int cases;
    private static int folders;
    /** What the case before has left clean; another folder after a case that failed. */
    private static Optional<Published> current = Optional.empty();

    /** One write that goes wrong in one way. */
    private record Case(int number, String kind, Client client, Fault fault) {
        Calls calls() {
            // Our client repeats a call by itself; S3A makes a new one.
            return client == Client.OURS ? Calls.write(number) : Calls.writeAndItsRepetitions(number);
        }

        @Override
        public String toString() {
            return "%02d %s: %s".formatted(number, kind, fault);
        }
    }

    /** A data set at rest. */
    private record Published(DataSet dataSet, String text, SnapshotDate day) {}

    @BeforeAll
    static void learn() {
        lake = new SmallLake(data);
        lake.run("learned", "first").publish();
        try (InstalledFaults faults = Faults.none().withPagesOf(PAGE).install()) {
            lake.run("learned", "second").publish();
            writes = faults.writes();
        }
    }

    @AfterAll
    static void stopLake() {
        outcomes.forEach((outcome, count) -> System.out.println("%4d %s".formatted(count, outcome)));
        lake.close();
    }

    @TestFactory
    Stream<DynamicTest> leavesTheDataSetWholeAndTheNextRunCleansUp() {
        List<Case> planned = planned();
        DynamicTest all = DynamicTest.dynamicTest("all of them were tried", () -> {
            System.out.println("%d fault cases over %d write calls".formatted(cases, writes.size()));
            assertThat(cases).isEqualTo(planned.size());
        });
        return Stream.concat(
                planned.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> tryOut(one))),
                Stream.of(all));
    }

    @Test
    void breaksTheWritesThatAreExpected() {
        assertThat(writes).hasSizeGreaterThan(30);
        int ours = (int)
                writes.stream().filter(call -> call.client() == Client.OURS).count();
        assertThat(planned())
                .hasSize(ours * OF_OUR_CLIENT.size()
                        + (writes.size() - ours) * OF_S3A.size()
                        + TinyRun.TABLES.size() * TinyFiles.PER_TABLE
                        + 1);
    }

    private static List<Case> planned() {
        List<Case> planned = new ArrayList<>();
        for (int number = 1; number <= writes.size(); number++) {
            S3Call call = writes.get(number - 1);
            String kind = WriteKinds.of(call, lake.dataSet("learned"));
            for (Fault fault : call.client() == Client.OURS ? OF_OUR_CLIENT : OF_S3A) {
                planned.add(new Case(number, kind, call.client(), fault));
            }
            if (call.operation().equals("CompleteMultipartUpload")) {
                planned.add(new Case(number, kind, call.client(), Fault.TIMED_OUT_THEN_NO_SUCH_UPLOAD));
            }
            if (call.key().endsWith("/committing.json")) {
                // Takes seconds; its caller hears what BEFORE_SENDING lets it hear, in other words.
                planned.add(new Case(number, kind, call.client(), Fault.THROTTLED));
            }
        }
        return planned;
    }

    private static void tryOut(Case one) {
        cases++;
        Published before = current.orElseGet(EveryWriteCallTest::publishElsewhere);
        current = Optional.empty();
        StoredDataSet stored = lake.stored(before.dataSet());
        SnapshotDate day = before.day().equals(DAYS.get(0)) ? DAYS.get(1) : DAYS.get(0);
        String text = "case " + cases;
        TinyRun broken =
                TinyRun.of(lake.store(), lake.hadoop(), before.dataSet(), text).at(day);

        Optional<Exception> failure = breakAt(one, broken);

        if (failure.isEmpty()) {
            assertThat(stored.isAsTheManifestSays()).isTrue();
            assertThat(stored.manifest().runId()).isEqualTo(broken.id());
            assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf(text));
        } else {
            assertThat(failure.get()).satisfies(EveryWriteCallTest::tellsWhatFailed);
            if (stored.isAsTheManifestSays()) {
                boolean isNew = stored.manifest().runId().equals(broken.id());
                assertThat(stored.rows()).isEqualTo(StoredDataSet.rowsOf(isNew ? text : before.text()));
            } else {
                assertThat(stored.isBeingCommitted()).isTrue();
            }
        }
        String said = failure.map(thrown -> "failed").orElse("published");
        TinyRun next = broken.again();
        boolean held = stored.isHeld();
        if (held) {
            lake.letLeasesAge(before.dataSet());
        }
        publishInPages(next);

        stored.assertIsClean(next.id(), Set.copyOf(DAYS), StoredDataSet.rowsOf(text));
        outcomes.merge("%s%s".formatted(said, held ? ", lease not given back" : ""), 1, Integer::sum);
        current = Optional.of(new Published(before.dataSet(), text, day));
    }

    private static Optional<Exception> breakAt(Case one, TinyRun broken) {
        try (InstalledFaults faults = Faults.none()
                .withPagesOf(PAGE)
                .failing(one.calls(), one.fault())
                .install()) {
            Optional<Exception> failure = thrownBy(broken::publish);
            assertThat(faults.struck()).isNotEmpty().allSatisfy(struck -> assertThat(
                            WriteKinds.of(struck.call(), broken.dataSet()))
                    .isEqualTo(one.kind()));
            return failure;
        }
    }

    private static void tellsWhatFailed(Exception failure) {
        // What a task throws, the job makes a failure of; everything else is one already.
        boolean ofATask = failure.getStackTrace().length > 0
                && Stream.of(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(TinyFiles.class.getName()));
        assertThat(ofATask || failure instanceof JobFailure)
                .withFailMessage(() -> "unexpected: " + failure)
                .isTrue();
    }

    private static void publishInPages(TinyRun run) {
        try (InstalledFaults faults = Faults.none().withPagesOf(PAGE).install()) {
            Manifest manifest = run.publish();
            assertThat(manifest.runId()).isEqualTo(run.id());
            assertThat(faults.struck()).isEmpty();
        }
    }

    private static Published publishElsewhere() {
        folders++;
        String name = "folder-" + folders;
        for (SnapshotDate day : DAYS) {
            lake.run(name, name).at(day).publish();
        }
        return new Published(lake.dataSet(name), name, DAYS.get(1));
    }

    private static Optional<Exception> thrownBy(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }
}
