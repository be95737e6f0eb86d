package com.omc.flywheel.jobs.addressablebucket;

import com.omc.flywheel.common.job.EncryptedOutput;
import com.omc.flywheel.jobs.SplitArguments;
import java.util.Optional;

/** The arguments of addressable-bucket: those of every split. */
record AddressableBucketArguments(SplitArguments split) implements EncryptedOutput {
    @Override
    public Optional<String> kmsKeyId() {
        return split.kmsKeyId();
    }
}
