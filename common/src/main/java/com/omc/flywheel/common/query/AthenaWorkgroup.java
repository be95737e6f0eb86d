package com.omc.flywheel.common.query;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Optional;
import software.amazon.awssdk.services.athena.model.EngineVersion;
import software.amazon.awssdk.services.athena.model.ManagedQueryResultsConfiguration;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupConfiguration;

/**
 * What a workgroup lets a query ask for.
 *
 * @param enforcesItsSettings it takes no settings of a query, its location for results among them
 * @param managesResults Athena keeps the results by itself; then no location for them may be asked for
 */
record AthenaWorkgroup(String name, boolean enforcesItsSettings, boolean managesResults) {
    private static final String DISABLED = "DISABLED";
    // "PySpark engine version 3": Amazon Athena user guide, "Engine versioning".
    private static final String OF_SPARK = "PySpark";

    /**
     * Reads what Athena says of the workgroup.
     *
     * @throws JobFailure BAD_ARGUMENT when it runs no statements at all
     */
    static AthenaWorkgroup of(String name, WorkGroup told) {
        if (DISABLED.equals(told.stateAsString())) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "the Athena workgroup %s is disabled; enable it, or use another workgroup".formatted(name));
        }
        Optional<WorkGroupConfiguration> settings = Optional.ofNullable(told.configuration());
        boolean ofSpark = settings.map(WorkGroupConfiguration::engineVersion)
                .map(EngineVersion::effectiveEngineVersion)
                .filter(version -> version.startsWith(OF_SPARK))
                .isPresent();
        if (ofSpark) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "the Athena workgroup %s runs Spark notebooks and no SQL; use another workgroup".formatted(name));
        }
        return new AthenaWorkgroup(
                name,
                settings.map(WorkGroupConfiguration::enforceWorkGroupConfiguration)
                        .orElse(false),
                settings.map(WorkGroupConfiguration::managedQueryResultsConfiguration)
                        .map(ManagedQueryResultsConfiguration::enabled)
                        .orElse(false));
    }

    /** Refuses a statement that the workgroup would refuse, or would run with another location than it asks for. */
    void requireAllows(Statement statement) {
        if (enforcesItsSettings && statement instanceof CreateTableAs create) {
            // "Override client-side settings", Amazon Athena user guide, "CREATE TABLE AS": external_location.
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "the Athena workgroup %s enforces its own location for results and takes no external_location, so the table %s cannot be written to %s; use a workgroup that does not override client-side settings, or --ENGINE spark"
                            .formatted(name, create.table(), create.location()));
        }
    }
}
