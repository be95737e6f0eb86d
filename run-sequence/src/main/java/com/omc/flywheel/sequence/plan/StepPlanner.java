package com.omc.flywheel.sequence.plan;

/** Says what a job would do, by what is there and what the steps before it would leave. */
interface StepPlanner {
    /**
     * Plans one run of the job.
     *
     * @param job with arguments that it takes
     * @throws com.omc.flywheel.common.failure.JobFailure what the run would fail with
     */
    void plan(PlannedJob job, PlanText text);
}
