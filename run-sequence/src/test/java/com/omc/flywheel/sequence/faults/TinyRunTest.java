package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The run without Spark that the tests of faults repeat many times. */
class TinyRunTest {
    @TempDir
    static Path data;

    private static SmallLake lake;

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
    }

    @AfterAll
    static void stopLake() {
        lake.close();
    }

    @Test
    void publishesAllTables() {
        TinyRun run = lake.run("all", "one");

        run.publish();

        lake.stored(run.dataSet()).assertIsClean(run.id(), Set.of(TinyRun.FIRST_DAY), StoredDataSet.rowsOf("one"));
    }

    @Test
    void replacesOneTableAndLeavesTheOther() {
        lake.run("filtered", "one").publish();
        TinyRun second = lake.run("filtered", "two").only("table_two");

        second.publish();

        lake.stored(second.dataSet())
                .assertIsClean(second.id(), Set.of(TinyRun.FIRST_DAY), StoredDataSet.rowsOf("one", "two"));
    }

    @Test
    void recoversWithoutWriting() {
        TinyRun run = lake.run("recovered", "one");
        run.publish();

        assertThat(lake.run("recovered", "two").recoverOnly()).isEmpty();

        lake.stored(run.dataSet()).assertIsClean(run.id(), Set.of(TinyRun.FIRST_DAY), StoredDataSet.rowsOf("one"));
    }

    @Test
    void givesTheLeaseBackWhenItCannotSeeWhetherItHasIt() {
        TinyRun run = lake.run("unseen", "one");
        run.publish();
        Calls listings = Calls.like(
                call -> call.operation().equals("ListObjectsV2") && call.key().endsWith("/lease/"));
        try (InstalledFaults faults = Faults.none()
                .failing(Calls.nth(2, listings), Fault.PRECONDITION_FAILED)
                .install()) {
            assertThatThrownBy(lake.run("unseen", "two")::publish).isInstanceOf(JobFailure.class);
            assertThat(faults.struck()).hasSize(1);
        }

        assertThat(lake.stored(run.dataSet()).isHeld()).isFalse();
    }

    /** It names them by the file and a UUID, and moves them when they are complete: S3Proxy's file system store. */
    @ParameterizedTest
    @ValueSource(strings = {"lease/7.json", "journal/20260105T010203Z-01234567/prepared.json"})
    void passesOverWhatTheEmbeddedServerIsStillWriting(String file) {
        lake.run("being-written", "one").publish();
        S3Uri written = lake.dataSet("being-written")
                .root()
                .resolve("_flywheel/%s-3f2504e0-4f89-41d3-9a0c-0305e82c3301".formatted(file));
        lake.store().write(written, new byte[] {1}, "application/json");
        TinyRun next = lake.run("being-written", "two");

        next.publish();

        assertThat(lake.stored(next.dataSet()).manifest().runId()).isEqualTo(next.id());
    }

    @Test
    void makesTheSameWritesInEveryRunAndTakesLittleTime() {
        lake.run("kinds", "one").publish();
        List<String> kinds = kindsOfARun("two");

        long began = System.nanoTime();
        List<String> again = kindsOfARun("three");

        // A tenth of it on an idle machine.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(again).isEqualTo(kinds);
        System.out.println(
                "TinyRun: %d writes, %d ms".formatted(again.size(), (System.nanoTime() - began) / 1_000_000));
    }

    @Test
    void meetsALeaseThatIsOverOnceTimeHasGoneBy() {
        DataSet dataSet = lake.dataSet("aged");
        try (InstalledFaults faults = Faults.none()
                .failing(
                        Calls.nth(2, Calls.like(call -> call.key().contains("/lease/") && call.conditional())),
                        Fault.BEFORE_SENDING)
                .install()) {
            lake.run("aged", "one").publish();
            assertThat(faults.struck()).hasSize(1);
        }

        lake.letLeasesAge(dataSet);
        TinyRun next = lake.run("aged", "two");
        next.publish();

        lake.stored(dataSet).assertIsClean(next.id(), Set.of(TinyRun.FIRST_DAY), StoredDataSet.rowsOf("two"));
    }

    private static List<String> kindsOfARun(String text) {
        try (InstalledFaults faults = Faults.none().install()) {
            lake.run("kinds", text).publish();
            return faults.writes().stream()
                    .map(call -> WriteKinds.of(call, lake.dataSet("kinds")))
                    .toList();
        }
    }
}
