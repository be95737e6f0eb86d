package com.omc.flywheel.common.job;

import com.omc.flywheel.common.publish.PublishArguments;
import com.omc.flywheel.common.storage.S3Uri;

/** The arguments of a job that publishes a data set. */
public interface DataSetArguments extends EncryptedOutput {
    /** Where the data set is made from. */
    S3Uri sourcePath();

    /** The root of the data set. */
    S3Uri targetPath();

    PublishArguments publish();
}
