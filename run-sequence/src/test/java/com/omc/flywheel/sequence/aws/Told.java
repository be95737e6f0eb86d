package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.sequence.deployment.StepListener;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what it is told. */
final class Told implements StepListener {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void stepStarted(String step, String detail) {
        lines.add("%s started %s".formatted(step, detail));
    }

    @Override
    public void stepRetried(String step, String error, Optional<Duration> wait) {
        String when = wait.map(time -> " in %d s".formatted(time.toSeconds())).orElse("");
        lines.add("%s retried%s: %s".formatted(step, when, error));
    }

    @Override
    public void stepRecovering(String step) {
        lines.add("%s recovering".formatted(step));
    }

    @Override
    public void stepEnded(String step, StepOutcome outcome, long seconds, String detail) {
        String more = detail.isEmpty() ? "" : "\n" + detail;
        lines.add("%s %s after %d%s".formatted(step, outcome.label(), seconds, more));
    }
}
