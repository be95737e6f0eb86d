package com.omc.flywheel.sequence.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.PlanningJobs;
import com.omc.flywheel.sequence.asl.Ended;
import com.omc.flywheel.sequence.asl.ExecutionContext;
import com.omc.flywheel.sequence.asl.Interpreter;
import com.omc.flywheel.sequence.asl.StateMachine;
import com.omc.flywheel.sequence.deployment.JobSettings;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Map;

/** Says what an execution of a sequence would do, step by step, and changes nothing. */
public final class SequencePlan {
    private final SequenceSteps steps;
    private final String jobPrefix;
    private final Map<String, JobSettings> settings;
    private final PlanningJobs jobs;

    /**
     * The plan of a sequence in an environment.
     *
     * @param jobPrefix what the names of jobs begin with there
     * @param settings of every job there
     * @param jobs the way to what is there
     */
    public SequencePlan(SequenceSteps steps, String jobPrefix, Map<String, JobSettings> settings, PlanningJobs jobs) {
        this.steps = steps;
        this.jobPrefix = jobPrefix;
        this.settings = Map.copyOf(settings);
        this.jobs = jobs;
    }

    /**
     * Executes the sequence's own definition with jobs that only say what they would do.
     *
     * @param input of the execution
     * @throws JobFailure naming every step that could not be planned, after the others have been printed
     */
    public void print(StateMachine machine, JsonNode input, PrintStream output) {
        PlanTasks tasks = new PlanTasks(steps, jobPrefix, settings, jobs, output);
        ExecutionContext context = new ExecutionContext(
                jobPrefix + steps.sequence(), "plan", jobs.clock().instant(), input);
        Ended ended =
                new Interpreter(tasks, tasks, any -> {}, new SecureRandom(), jobs.clock(), 1).run(machine, context);
        if (!tasks.problems().isEmpty()) {
            throw JobFailure.ofAll(
                    tasks.problems().values().iterator().next().get(0).kind(),
                    "%s is not planned as a whole, and nothing was changed:".formatted(steps.sequence()),
                    tasks.sentences());
        }
        if (!ended.succeeded()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "%s would fail: %s %s"
                            .formatted(
                                    steps.sequence(),
                                    ended.error().orElse(""),
                                    ended.cause().orElse("")));
        }
        output.printf("%nplanned %s; nothing was changed%n", steps.sequence());
    }
}
