package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.S3Uri;

/** Tells a broken file from a store that did not let us read it. */
final class UnreadableFile {
    private UnreadableFile() {}

    static JobFailure failure(S3Uri file, Exception error) {
        return HadoopFailures.ofStorage("reading the footer of " + file, error)
                .orElseGet(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "file %s is not readable Parquet (%s); it may be cut off or damaged: write it again at the producer"
                                .formatted(file, HadoopFailures.firstLine(error)),
                        error));
    }
}
