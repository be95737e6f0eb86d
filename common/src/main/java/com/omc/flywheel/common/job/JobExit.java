package com.omc.flywheel.common.job;

import com.omc.flywheel.common.failure.JobFailure;
import org.apache.spark.SparkUserAppException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure that spark-submit ends with the exit code of, where that is not 1.
 *
 * <p>Of the exceptions that leave a {@code main}, spark-submit takes an exit code from this superclass only; it says
 * nothing about it then (Spark 3.5.6, {@code SparkSubmit.main}).
 */
final class JobExit extends SparkUserAppException {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(JobExit.class);

    /** A property that spark-submit sets in its JVM (Spark 3.5.6, {@code SparkSubmit.prepareSubmitEnvironment}). */
    static final String SPARK_SUBMIT = "SPARK_SUBMIT";

    private final JobFailure failure;

    private JobExit(JobFailure failure) {
        super(failure.kind().exitCode());
        this.failure = failure;
    }

    /** Logs the failure and throws it as an exit, when spark-submit would not end with its exit code by itself. */
    static void throwIfNeeded(JobFailure failure) {
        // Glue sees the superclass when a PySpark script fails (the log in apache/hudi#7451) and may report it as such.
        boolean inSparkSubmit = System.getProperty(SPARK_SUBMIT) != null;
        if (inSparkSubmit && failure.kind().exitCode() != 1) {
            LOG.error("{}", failure.getMessage());
            JobExit.<RuntimeException>throwUndeclared(new JobExit(failure));
        }
    }

    /** The superclass is a checked exception, which the {@code main} of a job does not declare. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void throwUndeclared(JobExit exit) throws E {
        throw (E) exit;
    }

    @Override
    public String getMessage() {
        return failure.getMessage();
    }

    /** The failure. The superclass takes no cause, and has fixed with it that there is none. */
    @Override
    public synchronized Throwable getCause() {
        return failure;
    }
}
