package com.omc.flywheel.sequence;

import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Map;
import java.util.Optional;

/**
 * One job of a local run.
 *
 * @param label what a person calls it, in the table of steps and as the name of its log
 * @param job what runs
 * @param arguments as they are passed
 * @param source the folder of the source that it cannot do without; without it, the step is skipped
 */
record LocalStep(String label, JobDefinition<?> job, Map<String, String> arguments, Optional<S3Uri> source) {
    LocalStep {
        arguments = Map.copyOf(arguments);
    }
}
