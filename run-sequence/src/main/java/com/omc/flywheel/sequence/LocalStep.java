package com.omc.flywheel.sequence;

import com.omc.flywheel.common.job.JobDefinition;
import java.util.Map;

/**
 * One job of a local run.
 *
 * @param label what a person calls it, in the table of steps and as the name of its log
 * @param job what runs
 * @param arguments as they are passed
 */
record LocalStep(String label, JobDefinition<?> job, Map<String, String> arguments) {
    LocalStep {
        arguments = Map.copyOf(arguments);
    }
}
