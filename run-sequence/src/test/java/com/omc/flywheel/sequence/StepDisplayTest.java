package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.deployment.StepOutcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepDisplayTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final StepDisplay display = new StepDisplay(
            new PrintStream(output, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2025-11-02T03:04:05Z"), ZoneOffset.UTC));

    @Test
    void printsALineForEveryEventWithTheTimeOfDay() {
        display.stepStarted("split", "jr_1");
        display.stepRetried("split", "SERVICE: no answer\nand more", Optional.of(Duration.ofSeconds(30)));
        display.stepRetried("split", "Glue.ThrottlingException", Optional.empty());
        display.stepRecovering("split");
        display.stepEnded("split", StepOutcome.DONE, 61, "");

        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        03:04:05  split: started (jr_1)
                        03:04:05  split: is tried again in 30 s: SERVICE: no answer
                        03:04:05  split: is tried again: Glue.ThrottlingException
                        03:04:05  split: failed; what it left half done is being finished or undone
                        03:04:05  split: done in 61 s
                        """);
    }

    @Test
    void printsEveryLineOfWhatThereIsToSayOfAFailure() {
        display.stepEnded("split", StepOutcome.FAILED, 7, "BAD_DATA: a file\nlog: https://there");

        assertThat(output.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        03:04:05  split: failed after 7 s
                                  BAD_DATA: a file
                                  log: https://there
                        """);
    }

    @Test
    void sumsUpEveryStepWithItsLastJobRun() {
        display.stepEnded("split", StepOutcome.SKIPPED, 0, "");
        display.stepStarted("register", "jr_1");
        display.stepStarted("register", "jr_2");
        display.stepEnded("register", StepOutcome.FAILED, 7, "");
        display.stepStarted("report", "jr_3");

        assertThat(display.summary())
                .hasToString(
                        """
                        step      outcome  seconds  job run
                        split     skipped        -        -
                        register   failed        7     jr_2
                        report    running        -     jr_3
                        """);
    }
}
