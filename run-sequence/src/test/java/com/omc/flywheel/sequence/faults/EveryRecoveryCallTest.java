package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Breaks every write of a recovery; the one after it finds what two runs have left. */
class EveryRecoveryCallTest {
    private static final int PAGE = 3;
    private static final List<Fault> FAULTS = List.of(Fault.PRECONDITION_FAILED, Fault.AFTER_THE_EFFECT);
    private static final Set<SnapshotDate> DAYS = Set.of(TinyRun.FIRST_DAY);
    private static final String LOST = "lost";
    private static final String NEXT = "next";

    @TempDir
    static Path data;

    private static SmallLake lake;
    private static int cases;
    private static int folders;
    /** What the case before has left clean; another folder after a case that failed. */
    private static Optional<String> current = Optional.empty();

    private static int recovered;

    /** Where a run was when it could write no more: at the first write of which the key holds this, or a later one. */
    private enum Stopped {
        WITH_EVERYTHING_UPLOADED("/committing.json", 0),
        WITH_SOME_FILES_VISIBLE("ours CompleteMultipartUpload", 2),
        WITH_ALL_FILES_VISIBLE("ours CompleteMultipartUpload", 4),
        WITH_A_MANIFEST("/done.json", 0);

        private final String write;
        private final int later;

        Stopped(String write, int later) {
            this.write = write;
            this.later = later;
        }

        int number(List<S3Call> writes) {
            for (int i = 0; i < writes.size(); i++) {
                if (writes.get(i).kind().contains(write)) {
                    return i + 1 + later;
                }
            }
            throw new AssertionError("no write " + write);
        }
    }

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
    }

    @AfterAll
    static void stopLake() {
        System.out.println("%d fault cases over %d write calls of recoveries".formatted(cases, recovered));
        lake.close();
    }

    @TestFactory
    Stream<DynamicTest> leavesADataSetThatTheNextRunCleansUp() {
        lake.run("learned", NEXT).publish();
        List<S3Call> writes;
        try (InstalledFaults faults = Faults.none().withPagesOf(PAGE).install()) {
            lake.run("learned", "second").publish();
            writes = faults.writes();
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Stopped stopped : Stopped.values()) {
            int lost = stopped.number(writes);
            List<S3Call> ofRecovery = writesOfRecovery("learned-" + stopped, lost);
            recovered += ofRecovery.size();
            for (int number = 1; number <= ofRecovery.size(); number++) {
                for (Fault fault : FAULTS) {
                    int write = number;
                    String name = "%s %02d %s".formatted(stopped, number, fault);
                    String kind = WriteKinds.of(ofRecovery.get(number - 1), lake.dataSet("learned-" + stopped));
                    tests.add(DynamicTest.dynamicTest(name + " " + kind, () -> tryOut(lost, write, kind, fault)));
                }
            }
        }
        int planned = tests.size();
        tests.add(DynamicTest.dynamicTest(
                "all of them were tried",
                () -> assertThat(cases).isEqualTo(planned).isEqualTo(recovered * FAULTS.size())));
        return tests.stream();
    }

    private static List<S3Call> writesOfRecovery(String name, int lost) {
        lake.run(name, NEXT).publish();
        leave(name, lost);
        try (InstalledFaults faults = Faults.none().withPagesOf(PAGE).install()) {
            assertThat(lake.run(name, "recovery").recoverOnly()).hasSize(1);
            return faults.writes();
        }
    }

    private static void tryOut(int lost, int write, String kind, Fault fault) {
        cases++;
        String name = current.orElseGet(EveryRecoveryCallTest::publishElsewhere);
        current = Optional.empty();
        DataSet dataSet = lake.dataSet(name);
        StoredDataSet stored = lake.stored(dataSet);
        leave(name, lost);
        TinyRun recovery = lake.run(name, "recovery");
        try (InstalledFaults faults = Faults.none()
                .withPagesOf(PAGE)
                .failing(Calls.write(write), fault)
                .install()) {
            failing(recovery::recoverOnly);
            assertThat(faults.struck()).singleElement().satisfies(struck -> assertThat(
                            WriteKinds.of(struck.call(), dataSet))
                    .isEqualTo(kind));
        }
        if (stored.isAsTheManifestSays()) {
            assertThat(stored.rows()).isIn(StoredDataSet.rowsOf(NEXT), StoredDataSet.rowsOf(LOST));
        } else {
            assertThat(stored.isBeingCommitted()).isTrue();
        }
        if (stored.isHeld()) {
            lake.letLeasesAge(dataSet);
        }

        TinyRun next = lake.run(name, NEXT);
        next.publish();

        stored.assertIsClean(next.id(), DAYS, StoredDataSet.rowsOf(NEXT));
        current = Optional.of(name);
    }

    private static String publishElsewhere() {
        folders++;
        String name = "folder-" + folders;
        lake.run(name, NEXT).publish();
        return name;
    }

    /** Runs up to a write from which on none has an effect; the lease is over then. */
    private static void leave(String name, int lost) {
        try (InstalledFaults faults = Faults.none()
                .withPagesOf(PAGE)
                .failing(Calls.writesFrom(lost), Fault.PRECONDITION_FAILED)
                .install()) {
            assertThat(failing(lake.run(name, LOST)::publish)).isTrue();
            assertThat(faults.struck()).isNotEmpty();
        }
        lake.letLeasesAge(lake.dataSet(name));
    }

    private static boolean failing(Runnable work) {
        try {
            work.run();
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }
}
