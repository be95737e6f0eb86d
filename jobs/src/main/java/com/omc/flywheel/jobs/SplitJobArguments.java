package com.omc.flywheel.jobs;

import com.omc.flywheel.common.job.DataSetArguments;
import com.omc.flywheel.common.publish.PublishArguments;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Optional;

/** The arguments of a job that rewrites a snapshot as tables: those of every split, and perhaps more. */
public interface SplitJobArguments extends DataSetArguments {
    SplitArguments split();

    @Override
    default S3Uri sourcePath() {
        return split().sourcePath();
    }

    @Override
    default S3Uri targetPath() {
        return split().targetPath();
    }

    @Override
    default PublishArguments publish() {
        return split().publish();
    }

    @Override
    default Optional<String> kmsKeyId() {
        return split().kmsKeyId();
    }
}
