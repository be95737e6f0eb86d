package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code local s3}: an {@link EmbeddedS3} for other programs, until this one is interrupted. */
final class LocalS3Command extends LocalServerCommand {
    private static final CommandOption DATA = new CommandOption(
            "--data", "DIR", "the folder that holds the buckets; default run-sequence/target/s3 in this project");
    private static final CommandOption BUCKET =
            new CommandOption("--bucket", "NAME", "a bucket to make unless it is there; default none");

    private final Path home;

    LocalS3Command(Path home) {
        this.home = home;
    }

    @Override
    public List<String> name() {
        return List.of("local", "s3");
    }

    @Override
    public String purpose() {
        return "Serves a folder as S3 on this machine until it is interrupted.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(DATA, PORT, BUCKET);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        Path data = options.path(DATA).orElse(home.resolve("run-sequence/target/s3"));
        try (EmbeddedS3 server = EmbeddedS3.start(home, data, serverOptions(options))) {
            options.text(BUCKET).ifPresent(bucket -> createBucket(server, bucket));
            server.buckets().forEach(server::adoptFiles);
            serve(
                    output,
                    "S3 over %s, until Ctrl-C. A bucket is a folder in it".formatted(data),
                    "AWS_ENDPOINT_URL_S3",
                    server.endpoint());
        }
    }

    private static EmbeddedS3Options serverOptions(CommandOptions options) {
        try {
            return EmbeddedS3Options.open().withPort(options.number(PORT).orElse(0));
        } catch (IllegalArgumentException e) {
            throw new JobFailure(FailureKind.BAD_ARGUMENT, PORT.name() + ": " + e.getMessage(), e);
        }
    }

    private static void createBucket(EmbeddedS3 server, String bucket) {
        try {
            server.createBucket(bucket);
        } catch (IllegalArgumentException e) {
            throw new JobFailure(FailureKind.BAD_ARGUMENT, BUCKET.name() + ": " + e.getMessage(), e);
        }
    }
}
