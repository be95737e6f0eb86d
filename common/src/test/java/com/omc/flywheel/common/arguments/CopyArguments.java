package com.omc.flywheel.common.arguments;

import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Optional;
import java.util.stream.Stream;

/** The arguments of a made-up job, with every type that there is. */
record CopyArguments(
        @Argument(help = "Where to read.", example = "s3://lake/in/") S3Uri sourcePath,
        @Argument(help = "Where to write.", example = "s3://lake/out/") S3Uri targetPath,
        @Argument(help = "The day; the newest when absent.", example = "2025-11-01") Optional<SnapshotDate> snapshotDt,
        @Argument(help = "Megabytes | per file.", example = "0.5", defaultValue = "400") DataSize targetFileMb,
        @Argument(help = "Columns a table.", example = "100", defaultValue = "100") int maxCols,
        @Argument(help = "Rows allowed.", example = "5", defaultValue = "0") long maxNullKeys,
        @Argument(help = "Whether finished.", example = "true", defaultValue = "auto") RequireSuccess requireSuccess,
        @Argument(help = "What it is called.", example = "x", name = "Label") Optional<String> label,
        @Argument(help = "Write nothing.", example = "true", defaultValue = "false") boolean dryRun) {
    /** Tokens that suffice. */
    static final String[] NEEDED = {"--SOURCE_PATH", "s3://lake/in/", "--TARGET_PATH", "s3://lake/out/"};

    CopyArguments {
        if (sourcePath.equals(targetPath)) {
            throw new IllegalArgumentException("--SOURCE_PATH and --TARGET_PATH are both " + sourcePath);
        }
    }

    /** Those tokens, and these. */
    static String[] with(String... more) {
        return Stream.concat(Stream.of(NEEDED), Stream.of(more)).toArray(String[]::new);
    }

    /** What is read from no more than they. */
    static CopyArguments defaults() {
        return new CopyArguments(
                S3Uri.parse("s3://lake/in/"),
                S3Uri.parse("s3://lake/out/"),
                Optional.empty(),
                new DataSize(400L << 20),
                100,
                0,
                RequireSuccess.AUTO,
                Optional.empty(),
                false);
    }
}
