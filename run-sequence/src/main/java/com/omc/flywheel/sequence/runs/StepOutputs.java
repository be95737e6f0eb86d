package com.omc.flywheel.sequence.runs;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The way to what steps on AWS were given and have written; close it. */
public interface StepOutputs extends AutoCloseable {
    /**
     * What a job has written; empty for one that writes no table.
     *
     * @param arguments the job's, by their names without hyphens
     * @throws com.omc.flywheel.common.failure.JobFailure when it cannot be read
     */
    Optional<StepOutput> of(Map<String, String> arguments);

    /**
     * All arguments of a job run, by name with hyphens.
     *
     * @param job the name that it has in Glue
     * @param given those that the job run was started with
     * @throws com.omc.flywheel.common.failure.JobFailure when the definition of the job cannot be read
     */
    Map<String, String> arguments(String job, Map<String, String> given);

    @Override
    void close();

    /** The way to S3 and Glue that the variables name, with the caller's own rights. */
    static StepOutputs connect(Map<String, String> environment) {
        S3ObjectStore store =
                S3ObjectStore.connect(S3Connection.fromEnvironment(environment).withRegionOfMachine());
        ServiceEndpoint glue = ServiceEndpoint.fromEnvironment("AWS Glue", "AWS_ENDPOINT_URL_GLUE", environment);
        GlueTableCatalog catalog = GlueTableCatalog.connect(glue);
        JobDefaults defaults = new JobDefaults(glue, builder -> {});
        return new StepOutputs() {
            @Override
            public Optional<StepOutput> of(Map<String, String> arguments) {
                return StepOutput.of(arguments, store, catalog, Clock.systemUTC());
            }

            @Override
            public Map<String, String> arguments(String job, Map<String, String> given) {
                return defaults.with(job, given);
            }

            @Override
            public void close() {
                defaults.close();
                catalog.close();
                store.close();
            }
        };
    }
}
