package com.omc.flywheel.sequence;

import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.sequence.deployment.StepListener;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints how the steps of a run get on, a line for each event with the time of day (UTC), and sums them up in a table;
 * the same for runs on this machine and on AWS. Several threads may tell it at a time.
 */
final class StepDisplay implements StepListener {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NOTHING = "-";

    private final PrintStream output;
    private final Clock clock;
    private final String detail;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** A display of runs on AWS. */
    StepDisplay(PrintStream output, Clock clock) {
        this(output, clock, "job run");
    }

    /**
     * A display.
     *
     * @param detail what the detail of a started step is, as the head of a column
     */
    StepDisplay(PrintStream output, Clock clock, String detail) {
        this.output = output;
        this.clock = clock;
        this.detail = detail;
    }

    @Override
    public synchronized void stepStarted(String step, String detail) {
        rows.put(step, new Row("running", NOTHING, detail.isEmpty() ? NOTHING : detail));
        print(step, "started", detail.isEmpty() ? "" : " (%s)".formatted(detail), "");
    }

    @Override
    public synchronized void stepRetried(String step, String error, Optional<Duration> wait) {
        String when = wait.map(time -> " in %d s".formatted(time.toSeconds())).orElse("");
        print(step, "is tried again" + when, ": " + firstLine(error), "");
    }

    @Override
    public synchronized void stepRecovering(String step) {
        print(step, "failed; what it left half done is being finished or undone", "", "");
    }

    @Override
    public synchronized void stepEnded(String step, StepOutcome outcome, long seconds, String detail) {
        String time = outcome == StepOutcome.SKIPPED ? NOTHING : Long.toString(seconds);
        String jobRun = rows.containsKey(step) ? rows.get(step).jobRun() : NOTHING;
        rows.put(step, new Row(outcome.label(), time, jobRun));
        String after =
                switch (outcome) {
                    case DONE -> " in %d s".formatted(seconds);
                    case FAILED, STOPPED -> " after %d s".formatted(seconds);
                    case SKIPPED -> "";
                };
        print(step, outcome.label(), after, detail);
    }

    /** Every step that was told of, in that order: how it ended, in how many seconds, and the detail of its last start. */
    synchronized TextTable summary() {
        TextTable table = new TextTable("step", "outcome", "seconds", detail);
        rows.forEach((step, row) -> table.row(step, row.outcome(), row.seconds(), row.jobRun()));
        return table;
    }

    private void print(String step, String event, String more, String detail) {
        output.printf("%s  %s: %s%s%n", TIME.format(clock.instant()), step, event, more);
        detail.lines().forEach(line -> output.printf("          %s%n", line));
        output.flush();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private record Row(String outcome, String seconds, String jobRun) {}
}
