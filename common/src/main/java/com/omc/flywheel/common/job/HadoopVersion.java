package com.omc.flywheel.common.job;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;

/** The Hadoop that a job runs under: its S3A must have the magic committer that publishing relies on. */
final class HadoopVersion {
    // What AWS Glue 5.0 and 5.1 run: AWS Glue developer guide, "Migrating AWS Glue for Spark jobs to AWS Glue version
    // 5.1".
    private static final String NEEDED = "3.4.";

    private HadoopVersion() {}

    /** Throws ENVIRONMENT for another Hadoop than 3.4. */
    static void require(String version) {
        if (!version.startsWith(NEEDED)) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "this runs under Hadoop %s and needs 3.4.1, as AWS Glue 5.1 has it (stock Spark 3.5 ships 3.3.4); start it with run-sequence/spark-submit, or as a Glue job with GlueVersion 5.1"
                            .formatted(version));
        }
    }
}
