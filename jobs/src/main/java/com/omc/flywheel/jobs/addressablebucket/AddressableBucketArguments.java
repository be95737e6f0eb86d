package com.omc.flywheel.jobs.addressablebucket;

import com.omc.flywheel.common.job.DataSetArguments;
import com.omc.flywheel.common.publish.PublishArguments;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.SplitArguments;
import java.util.Optional;

/** The arguments of addressable-bucket: those of every split. */
record AddressableBucketArguments(SplitArguments split) implements DataSetArguments {
    @Override
    public S3Uri sourcePath() {
        return split.sourcePath();
    }

    @Override
    public S3Uri targetPath() {
        return split.targetPath();
    }

    @Override
    public PublishArguments publish() {
        return split.publish();
    }

    @Override
    public Optional<String> kmsKeyId() {
        return split.kmsKeyId();
    }
}
