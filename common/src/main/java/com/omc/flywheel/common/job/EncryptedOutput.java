package com.omc.flywheel.common.job;

import java.util.Optional;

/** The arguments of a job that writes: every write is encrypted under this key. */
public interface EncryptedOutput {
    /** The KMS key; the bucket's default encryption when empty. */
    Optional<String> kmsKeyId();
}
