package com.omc.flywheel.common.job;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A job: its name, what it is for, its arguments, and what it does with them.
 *
 * @param name as the Glue job and the run sequence call it
 * @param purpose one sentence
 * @param arguments the record that declares its arguments
 * @param mainClass the class that {@code --class} names
 * @param body reads top to bottom as the purpose says
 */
public record JobDefinition<A extends Record>(
        String name,
        String purpose,
        Class<A> arguments,
        Class<?> mainClass,
        BiFunction<A, JobContext, JobSummary> body) {

    /**
     * Runs the job as Glue and spark-submit do; its failures come out as exceptions, which both report as a failed run.
     *
     * <p>The process of spark-submit ends with the exit code of the failure's kind. Without spark-submit the JVM ends
     * with 1 whatever the kind, as it does for every exception.
     *
     * @throws JobFailure what went wrong, for the operator
     */
    public void launch(String[] tokens) {
        try {
            new Launch(System.getenv(), System.out).run(this, List.of(tokens));
        } catch (JobFailure failure) {
            JobExit.throwIfNeeded(failure);
            throw failure;
        }
    }

    /** What can be said about the arguments, beyond their values. */
    public ArgumentRecord<A> argumentRecord() {
        return new ArgumentRecord<>(arguments);
    }
}
