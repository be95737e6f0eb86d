package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.sequence.faults.Faults.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildRunTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String CURRENT = "ours PutObject _flywheel/current.json";

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
    void runsToItsEndWhenNothingStopsIt() {
        StoredDataSet stored = lake.stored(lake.dataSet("done"));
        try (ChildRun child = StoppedRun.start(lake, lake.dataSet("done"), HOUR, CURRENT, 2, Moment.BEFORE_SENDING)) {
            child.waitForLine(line -> line.startsWith("DONE"), DEADLINE);

            assertThat(child.waitForEnd(DEADLINE)).isZero();
        }
        stored.assertIsClean(
                stored.manifest().runId(), Set.of(TinyRun.SECOND_DAY), StoredDataSet.rowsOf(StoppedRun.TEXT));
    }

    @Test
    void saysWhatAChildThatEndsTooEarlyPrinted() {
        try (ChildRun child = StoppedRun.start(lake, lake.dataSet("early"), HOUR, CURRENT, 1, Moment.BEFORE_SENDING)) {
            child.waitForLine(printed -> printed.startsWith("AT "), DEADLINE);
            child.kill();

            assertThatThrownBy(() -> child.waitForLine(line -> line.startsWith("DONE"), DEADLINE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the child ended and did not print the line")
                    .hasMessageContaining("AT ours PutObject early/_flywheel/current.json");
        }
    }
}
