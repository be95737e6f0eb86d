package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.storage.HadoopFailures;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;

/** Says of the exceptions of one run that came out of Spark who can mend them. */
final class SplitFailures {
    // Looking for damage reads a table's columns again; when all tables fail for one reason, a few are enough.
    private static final int TABLES_LOOKED_AT = 3;

    private final SparkSession spark;
    private final SplitPlan plan;
    private final AtomicInteger lookedAt = new AtomicInteger();

    SplitFailures(SparkSession spark, SplitPlan plan) {
        this.spark = spark;
        this.plan = plan;
    }

    /**
     * The failure that stands for an exception.
     *
     * @param doing what failed, for example {@code writing table IBE_01}
     * @param columns the columns that were read for it
     */
    JobFailure of(String doing, List<SourceColumn> columns, Exception error) {
        List<Throwable> chain = HadoopFailures.chain(error);
        for (Throwable cause : chain) {
            if (cause instanceof MisplacedRowException misplaced) {
                return new JobFailure(
                        FailureKind.ENVIRONMENT, "%s: %s".formatted(doing, misplaced.getMessage()), error);
            }
        }
        return HadoopFailures.ofStorage(doing, error).orElseGet(() -> ofSource(doing, columns, error));
    }

    private JobFailure ofSource(String doing, List<SourceColumn> columns, Exception error) {
        List<Throwable> chain = HadoopFailures.chain(error);
        String innermost = HadoopFailures.firstLine(chain.get(chain.size() - 1));
        if (lookedAt.getAndIncrement() >= TABLES_LOOKED_AT) {
            return new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s failed: %s; mend what the tables before it name first".formatted(doing, innermost),
                    error);
        }
        List<String> damaged;
        try {
            damaged = new DamagedChunks(spark, plan.source().folder()).find(columns);
        } catch (Exception alsoFailed) {
            error.addSuppressed(alsoFailed);
            damaged = List.of();
        }
        if (damaged.isEmpty()) {
            return new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s failed, and no damage of the source was found: %s; see the stack trace for what the platform lacked"
                            .formatted(doing, innermost),
                    error);
        }
        return new JobFailure(
                FailureKind.BAD_DATA,
                "%s: data of %s cannot be read (%s): %s; write these files again at the producer"
                        .formatted(doing, plan.source().folder().uri(), innermost, Names.list(damaged)),
                error);
    }
}
