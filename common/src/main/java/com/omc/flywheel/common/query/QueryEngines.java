package com.omc.flywheel.common.query;

/** The engines that a job may choose from; one is connected when it is first asked for. */
public interface QueryEngines {
    /**
     * Athena.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure BAD_ARGUMENT when there is no such workgroup or it cannot run what
     *     we ask, saying what to change
     */
    QueryEngine athena(AthenaSettings settings);

    /** The job's own Spark; it knows {@link CreateTableAs} only. */
    QueryEngine spark();
}
