package com.omc.flywheel.sequence.aws;

import com.omc.flywheel.sequence.deployment.StepListener;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import com.omc.flywheel.sequence.runs.RunRecord.StepRecord;
import com.omc.flywheel.sequence.runs.StepOutputs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the events of one branch say of its step. The states of a branch are named after the step, with a colon and what
 * they are for; the state of the step's own name is its job run.
 */
final class StepTrace {
    private static final String JOB_RUN = "";
    private static final String RECOVERY = "recover";

    private final String step;
    private final StepListener listener;
    private final ExecutionArn execution;

    private Optional<Instant> began = Optional.empty();
    private boolean ended;
    private boolean stopped;
    private String job = "";
    private Optional<String> jobRun = Optional.empty();
    private Optional<StepOutcome> outcome = Optional.empty();
    private long seconds;
    private int attempts;
    private Optional<String> recoveryRun = Optional.empty();
    private JobRunReport result = JobRunReport.read("{}");
    private Optional<String> failure = Optional.empty();
    private String cause = "";
    private boolean failed;
    private Optional<String> recoveryFailure = Optional.empty();
    private Optional<String> waiting = Optional.empty();
    private boolean waited;
    private boolean announced;

    /** A step of which nothing is known yet. */
    StepTrace(String step, StepListener listener, ExecutionArn execution) {
        this.step = step;
        this.listener = listener;
        this.execution = execution;
    }

    /**
     * Takes in an event of one of its states.
     *
     * @param part what the state is for; empty for the job run
     */
    void tell(String part, RecordedEvent event) {
        boolean ofJobRun = part.equals(JOB_RUN);
        if (!ofJobRun && !part.equals(RECOVERY)) {
            if (event.type().endsWith("StateEntered")) {
                entered(part, event);
            }
            return;
        }
        switch (event.type()) {
            case "TaskStateEntered" -> enteredTask(ofJobRun, event.at());
            case "TaskScheduled" -> scheduled(ofJobRun, event);
            case "TaskSubmitted" -> submitted(ofJobRun, event);
            case "TaskSucceeded" -> result = JobRunReport.read(event.data().orElse("{}"));
            case "TaskFailed", "TaskTimedOut", "TaskStartFailed", "TaskSubmitFailed" -> failed(ofJobRun, event);
            case "TaskStateExited" -> waiting = Optional.empty();
            default -> {
                // The others say nothing new of the step.
            }
        }
    }

    /**
     * All that there is has been told for now: what failed and has still not been left waits to be tried again, when that
     * was so before as well.
     */
    void settle() {
        if (waiting.isPresent() && waited) {
            tellRetry();
        }
        waited = waiting.isPresent();
    }

    /** Present when the step failed. */
    Optional<FailedStep> failure() {
        return failed ? Optional.of(new FailedStep(step, cause)) : Optional.empty();
    }

    /**
     * What is known of the step; empty when it has not come to an end.
     *
     * @param known what is known of job runs
     */
    Optional<StepRecord> record(StepOutputs known) {
        Map<String, String> arguments = attempts == 0 ? Map.of() : known.arguments(job, result.arguments());
        return outcome.map(how -> new StepRecord(
                step,
                how,
                seconds,
                attempts,
                jobRun,
                arguments,
                failed ? Optional.of(cause) : Optional.empty(),
                how == StepOutcome.DONE ? known.of(StepRecord.withoutHyphens(arguments)) : Optional.empty()));
    }

    /** The execution has ended, and with it the step if it still ran. */
    void executionEnded(Instant at) {
        if (began.isPresent() && !ended) {
            end(StepOutcome.STOPPED, at, "");
            stopped = true;
        }
    }

    /** The execution goes on from where it ended, and with it what ran then. */
    void executionRedriven() {
        if (stopped) {
            ended = false;
            stopped = false;
        }
    }

    private void entered(String part, RecordedEvent event) {
        Instant at = event.at();
        switch (part) {
            case "wait" -> {
                announced = true;
                listener.stepRetried(step, failure.orElse(""), wait(event));
            }
            case "second attempt" -> {
                if (!announced) {
                    listener.stepRetried(step, failure.orElse(""), Optional.empty());
                }
                announced = false;
            }
            case "did not succeed" -> fail(result.message(), result);
            case "done" -> end(StepOutcome.DONE, at, "");
            case "skipped" -> end(StepOutcome.SKIPPED, at, "");
            case "failed" -> end(StepOutcome.FAILED, at, details());
            default -> {
                // Questions, and what the notification is made of.
            }
        }
    }

    /** As the definitions of the sequences have it. */
    private static Optional<Duration> wait(RecordedEvent event) {
        return event.data()
                .flatMap(input -> JobRunReport.read(input).seconds("input", "busy_wait_seconds"))
                .map(Duration::ofSeconds);
    }

    private void fail(String text, JobRunReport report) {
        failure = Optional.of(text);
        result = report;
        cause = report.ownMessage();
    }

    private void enteredTask(boolean ofJobRun, Instant at) {
        began = began.or(() -> Optional.of(at));
        if (!ofJobRun) {
            listener.stepRecovering(step);
        }
    }

    private void scheduled(boolean ofJobRun, RecordedEvent event) {
        if (waiting.isPresent()) {
            tellRetry();
        }
        began = began.or(() -> Optional.of(event.at()));
        if (ofJobRun) {
            job = JobRunReport.read(event.data().orElse("{}")).field("JobName").orElse(job);
        }
    }

    private void submitted(boolean ofJobRun, RecordedEvent event) {
        Optional<String> id = JobRunReport.read(event.data().orElse("{}")).jobRun();
        if (ofJobRun) {
            jobRun = id;
            attempts++;
            listener.stepStarted(step, id.orElse(""));
        } else {
            recoveryRun = id;
            recoveryFailure = Optional.empty();
        }
    }

    private void failed(boolean ofJobRun, RecordedEvent event) {
        waited = false;
        String error = event.error().orElse("an error without a name");
        JobRunReport report = JobRunReport.read(event.cause().orElse(""));
        String message = report.message();
        String text = message.isBlank() ? error : "%s: %s".formatted(error, message);
        if (ofJobRun) {
            fail(text, report);
            jobRun = report.jobRun().or(() -> jobRun);
            job = report.field("JobName").orElse(job);
            waiting = failure;
        } else {
            recoveryFailure = Optional.of(text);
            waiting = Optional.of("its recovery failed: " + text);
        }
    }

    private void tellRetry() {
        listener.stepRetried(step, waiting.orElseThrow(), Optional.empty());
        waiting = Optional.empty();
    }

    private void end(StepOutcome outcome, Instant at, String detail) {
        ended = true;
        failed = outcome == StepOutcome.FAILED;
        seconds = began.map(start -> Duration.between(start, at).toSeconds()).orElse(0L);
        this.outcome = Optional.of(outcome);
        listener.stepEnded(step, outcome, seconds, detail);
    }

    private String details() {
        List<String> lines = new ArrayList<>();
        lines.add(failure.orElse("for no reason that the history tells"));
        jobRun.ifPresent(id -> {
            lines.add("job run: %s of %s".formatted(id, job));
            log(id).ifPresent(lines::add);
        });
        recoveryRun.ifPresent(id -> {
            lines.add(recoveryFailure
                    .map(error -> "recovery: job run %s failed: %s".formatted(id, error))
                    .orElse("recovery: job run %s finished or undid what was left half done".formatted(id)));
            recoveryFailure.flatMap(error -> log(id)).ifPresent(lines::add);
        });
        execution.page().ifPresent(page -> lines.add("execution: " + page));
        return String.join("\n", lines);
    }

    private Optional<String> log(String id) {
        return ConsoleLinks.log(execution, job, id).map("log: "::concat);
    }
}
