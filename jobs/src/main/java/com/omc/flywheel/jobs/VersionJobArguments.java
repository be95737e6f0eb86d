package com.omc.flywheel.jobs;

import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.common.job.RegionArgument;
import java.util.Optional;

/** The arguments of one job that builds versions of tables. */
public interface VersionJobArguments extends EncryptedOutput, RegionArgument {
    VersionArguments versions();

    @Override
    default Optional<String> kmsKeyId() {
        return versions().kmsKeyId();
    }

    @Override
    default Optional<String> awsRegion() {
        return versions().awsRegion();
    }
}
