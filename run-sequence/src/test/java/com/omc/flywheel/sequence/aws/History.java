package com.omc.flywheel.sequence.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The history of an execution, written down as Step Functions would; every event is ten seconds after the one before. */
public final class History {
    private static final Instant BEGINNING = Instant.parse("2025-11-02T03:00:00Z");

    private final List<RecordedEvent> events = new ArrayList<>();

    public History() {
        add(0, "ExecutionStarted", null, null, null, null);
    }

    /** The events so far. */
    public List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    /** The main line: goes on after the last event of all. */
    public Branch here() {
        return new Branch(events.size());
    }

    /** The decision of the first step, and that it was read. */
    public History decided(String date) {
        here().enter("Parallel", "snapshot");
        here().step("resolve-snapshot", "etl-omc-flywheel-dev-resolve-snapshot", "jr_first");
        here().exit("Pass", "One snapshot", "{\"snapshot\":{\"snapshot_dt\":\"%s\"}}".formatted(date));
        return this;
    }

    public History succeeded() {
        return end("ExecutionSucceeded", null, null);
    }

    /** As the state "A step failed" ends it. */
    public History failed() {
        return end("ExecutionFailed", "Flywheel.StepFailed", "A step failed; the notification of it tells which.");
    }

    public History end(String type, String error, String cause) {
        add(events.size(), type, null, null, error, cause);
        return this;
    }

    private long add(long previous, String type, String state, String data, String error, String cause) {
        long id = events.size() + 1L;
        events.add(new RecordedEvent(
                id,
                previous,
                BEGINNING.plusSeconds(10 * id),
                type,
                Optional.ofNullable(state),
                Optional.ofNullable(data),
                Optional.ofNullable(error),
                Optional.ofNullable(cause)));
        return id;
    }

    /** A line of events that lead to each other. */
    public final class Branch {
        private long last;

        private Branch(long last) {
            this.last = last;
        }

        public Branch enter(String type, String state) {
            return next(type + "StateEntered", state, null, null, null);
        }

        public Branch enter(String type, String state, String input) {
            return next(type + "StateEntered", state, input, null, null);
        }

        public Branch exit(String type, String state, String output) {
            return next(type + "StateExited", state, output, null, null);
        }

        /** A job run that is under way, in a state that has been entered. */
        public Branch submitted(String job, String jobRun) {
            return scheduled(job)
                    .next("TaskStarted", null, null, null, null)
                    .next("TaskSubmitted", null, "{\"JobRunId\":\"%s\"}".formatted(jobRun), null, null);
        }

        public Branch scheduled(String job) {
            return next("TaskScheduled", null, "{\"JobName\":\"%s\"}".formatted(job), null, null);
        }

        public Branch failedTask(String error, String cause) {
            return next("TaskFailed", null, null, error, cause);
        }

        /** The job run failed, with its report for the cause. */
        public Branch failedJobRun(String job, String jobRun, String message) {
            return failedTask(
                    "States.TaskFailed",
                    "{\"Id\":\"%s\",\"JobName\":\"%s\",\"JobRunState\":\"FAILED\",\"ErrorMessage\":\"%s\"}"
                            .formatted(jobRun, job, message));
        }

        public Branch succeededJobRun(String report) {
            return next("TaskSucceeded", null, report, null, null);
        }

        public Branch succeededTask(String jobRun, String state) {
            return next(
                    "TaskSucceeded",
                    null,
                    "{\"Id\":\"%s\",\"JobRunState\":\"%s\"}".formatted(jobRun, state),
                    null,
                    null);
        }

        /** A whole step that is done at the first attempt. */
        public Branch step(String step, String job, String jobRun) {
            return enter("Task", step)
                    .submitted(job, jobRun)
                    .succeededTask(jobRun, "SUCCEEDED")
                    .exit("Task", step, "{}")
                    .enter("Choice", step + ": succeeded?")
                    .exit("Choice", step + ": succeeded?", "{}")
                    .enter("Pass", step + ": done")
                    .exit("Pass", step + ": done", "{}");
        }

        private Branch next(String type, String state, String data, String error, String cause) {
            last = add(last, type, state, data, error, cause);
            return this;
        }
    }
}
