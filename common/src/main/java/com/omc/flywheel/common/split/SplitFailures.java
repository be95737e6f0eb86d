package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.HadoopFailures;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Says of an exception that came out of Spark who can mend it. */
final class SplitFailures {
    private final SparkSession spark;
    private final SplitPlan plan;

    SplitFailures(SparkSession spark, SplitPlan plan) {
        this.spark = spark;
        this.plan = plan;
    }

    /**
     * The failure that stands for an exception.
     *
     * @param doing what failed, for example {@code writing table IBE_01}
     * @param columns the columns that were read for it
     * @throws IllegalStateException the exception's own, when it comes from a defect of the program
     */
    JobFailure of(String doing, List<SourceColumn> columns, Exception error) {
        List<Throwable> chain = HadoopFailures.chain(error);
        for (Throwable cause : chain) {
            if (cause instanceof IllegalStateException defect) {
                throw defect;
            }
        }
        return HadoopFailures.ofStorage(doing, error).orElseGet(() -> {
            List<String> damaged = new DamagedChunks(spark, plan.source().folder()).find(columns);
            Throwable innermost = chain.get(chain.size() - 1);
            if (damaged.isEmpty()) {
                return new JobFailure(
                        FailureKind.ENVIRONMENT,
                        "%s failed, and the source can be read: %s; see the stack trace for what the platform lacked"
                                .formatted(doing, HadoopFailures.firstLine(innermost)),
                        error);
            }
            return new JobFailure(
                    FailureKind.BAD_DATA,
                    "%s: data of %s cannot be read (%s): %s; write these files again at the producer"
                            .formatted(
                                    doing,
                                    plan.source().folder().uri(),
                                    HadoopFailures.firstLine(innermost),
                                    Names.list(damaged)),
                    error);
        });
    }
}
