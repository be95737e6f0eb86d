package com.omc.flywheel.common.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BarProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final BarProgress progress = new BarProgress(
            new PrintStream(printed, true, StandardCharsets.UTF_8), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void drawsABarAgainInPlaceForEachStep() {
        progress.phase("writing 3 tables", 3);
        progress.step("IBE_01");
        progress.step("IBE_02");
        progress.step("IBE_03");

        assertThat(drawn())
                .containsExactly(
                        "",
                        "writing 3 tables [..............................] 0/3 0 s",
                        "writing 3 tables [##########....................] 1/3 0 s IBE_01",
                        "writing 3 tables [####################..........] 2/3 0 s IBE_02",
                        "writing 3 tables [##############################] 3/3 0 s IBE_03");
    }

    @Test
    void leavesTheBarOfAFinishedPhaseAndBeginsTheNextOnALineOfItsOwn() {
        progress.phase("reading", 1);
        progress.step("read");
        progress.phase("writing", 1);
        progress.done();
        progress.done();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("\n\rwriting")
                .endsWith("\n")
                .doesNotContain("\n\n");
    }

    @Test
    void livesWithMoreStepsThanWereAnnounced() {
        progress.phase("writing", 1);
        progress.step("one");
        progress.step("two");

        assertThat(drawn()).endsWith("writing [##############################] 2/1 0 s two");
    }

    @Test
    void neverGrowsOverItsLine() {
        progress.phase("writing", 1);
        progress.step("x".repeat(500));

        assertThat(drawn()).allMatch(line -> line.length() <= 110);
    }

    private String[] drawn() {
        return printed.toString(StandardCharsets.UTF_8)
                .replaceAll(" +(?=\r|$)", "")
                .split("\r", -1);
    }
}
