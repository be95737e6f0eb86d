package com.omc.flywheel.common.job;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Holder;
import java.util.List;

/** What every publishing job does with {@code --RECOVER_ONLY true}: it brings to their end the runs that were left. */
final class RecoverOnly {
    private RecoverOnly() {}

    static JobSummary run(String job, DataSetArguments arguments, JobContext context) {
        DataSet dataSet = new DataSet(arguments.targetPath());
        requireKnown(dataSet, context);
        Holder holder = context.holder(job, arguments.publish().timeToLive());
        try (HeldDataSet held = new DataSetPublisher(context.store(), dataSet, context.clock()).hold(holder)) {
            return new Summary(dataSet, held.recovered());
        }
    }

    /** A lease in a folder that is no data set would make it look like one. */
    private static void requireKnown(DataSet dataSet, JobContext context) {
        if (!DataSets.isKnown(context.store(), dataSet)) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "--TARGET_PATH %s: no run of this program has written there, so there is nothing to recover; check the path"
                            .formatted(dataSet.root()));
        }
    }

    /** What was recovered, a sentence for each run. */
    private record Summary(DataSet dataSet, List<String> recovered) implements JobSummary {
        @Override
        public String render() {
            return recovered.isEmpty()
                    ? "nothing to recover in %s%n".formatted(dataSet.root())
                    : "recovered %s: %s%n".formatted(dataSet.root(), String.join("; ", recovered));
        }
    }
}
