package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.HadoopFailures;
import java.util.List;

/** Says of an exception that came out of Spark who can mend it. */
final class SplitFailures {
    private SplitFailures() {}

    static JobFailure of(String doing, SplitPlan plan, List<SourceColumn> columns, Exception error) {
        if (error instanceof JobFailure failure) {
            return failure;
        }
        for (Throwable cause : HadoopFailures.chain(error)) {
            if (cause instanceof IllegalStateException defect) {
                throw defect;
            }
        }
        return HadoopFailures.ofStorage(doing, plan.source().folder().uri().toString(), error)
                .orElseGet(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "%s failed: %s"
                                .formatted(
                                        doing,
                                        HadoopFailures.firstLine(
                                                HadoopFailures.chain(error).get(0))),
                        error));
    }
}
