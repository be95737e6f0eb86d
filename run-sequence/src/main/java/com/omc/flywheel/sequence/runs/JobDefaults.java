package com.omc.flywheel.sequence.runs;

import com.omc.flywheel.common.aws.ServiceConnection;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/**
 * The arguments that the definition of a job on AWS Glue sets. A job run has them too, and its report names only those that
 * it was started with: AWS Glue API reference, JobRun, Arguments.
 */
final class JobDefaults implements AutoCloseable {
    /** Those of Glue itself, such as {@code --class}, are not. */
    private static final Pattern OF_A_JOB = Pattern.compile("--[A-Z][A-Z0-9_]*");

    private final ServiceConnection<GlueClient> glue;

    JobDefaults(ServiceEndpoint endpoint, Consumer<GlueClientBuilder> credentials) {
        ServiceFailures failures = new ServiceFailures(endpoint);
        this.glue = ServiceConnection.to(
                endpoint,
                GlueClient::builder,
                credentials,
                retries -> {},
                (action, subject, error) ->
                        failures.translate(action, subject, error, EntityNotFoundException.class, "name"));
    }

    /**
     * The arguments of a run of the job, by name with hyphens.
     *
     * @param given those that it was started with, which come before the job's own
     */
    Map<String, String> with(String job, Map<String, String> given) {
        Map<String, String> defaults =
                glue.call("glue:GetJob", "job " + job, client -> client.getJob(request -> request.jobName(job))
                        .job()
                        .defaultArguments());
        Map<String, String> arguments = new TreeMap<>(defaults);
        arguments.keySet().removeIf(name -> !OF_A_JOB.matcher(name).matches());
        arguments.putAll(given);
        return arguments;
    }

    @Override
    public void close() {
        glue.close();
    }
}
