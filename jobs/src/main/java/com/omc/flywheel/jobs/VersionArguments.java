package com.omc.flywheel.jobs;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.query.QueryEngines;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.EngineChoice;
import com.omc.flywheel.common.versions.VersionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of a job that builds tables aside and sends readers from one version of each to the next. */
public record VersionArguments(
        @Argument(
                        help = "What builds the tables: `athena`, or `spark` for this job's own Spark.",
                        example = "athena",
                        defaultValue = "athena")
                EngineChoice engine,
        @Argument(help = "The workgroup that queries run in; needed with the engine `athena`.", example = "flywheel")
                Optional<String> athenaWorkgroup,
        @Argument(
                        help =
                                "The folder for results of queries; needed with the engine `athena`, whose workgroup may enforce its own.",
                        example = "s3://lake/athena-results/")
                Optional<S3Uri> athenaResultsS3,
        @Argument(
                        help =
                                "How many minutes a query may take in Athena, its time in the queue counted; then it is stopped and its table fails.",
                        example = "60",
                        defaultValue = "60",
                        min = 1)
                int queryDeadlineMin,
        @Argument(
                        help =
                                "How many versions of a table stay, the one that readers see counted; the files of older ones are deleted.",
                        example = "2",
                        defaultValue = "2",
                        min = 1)
                int keepVersions,
        @Argument(
                        help =
                                "Tables of these names that this program did not make become its own; without it they are an error. Their files stay.",
                        example = "true",
                        defaultValue = "false")
                boolean takeOver,
        @Argument(
                        help = "Build again what holds the same rows, columns and buckets already.",
                        example = "true",
                        defaultValue = "false")
                boolean force,
        @Argument(
                        help =
                                "How many seconds a run may give no sign of life before another one takes its place; it gives five in that time.",
                        example = "300",
                        defaultValue = "300",
                        min = 1)
                int leaseSeconds,
        @Argument(
                        help = "The region of the services that are called; the environment's when absent.",
                        example = "eu-west-1")
                Optional<String> awsRegion,
        @Argument(
                        help =
                                "The KMS key to encrypt every object with that this job writes, the bucket's default when absent; Athena encrypts the tables it builds as its workgroup or the bucket says.",
                        example = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d")
                Optional<String> kmsKeyId,
        @Argument(
                        help = "Only finish or undo what a run before left unfinished; no table is read or built.",
                        example = "false",
                        defaultValue = "false")
                boolean recoverOnly) {
    private static final Duration SHORTEST_POLL = Duration.ofMillis(500);

    /**
     * Refuses what contradicts itself. The record that these are a part of calls it as it is made, so that all of it is
     * named at once.
     *
     * @param others what contradicts itself in that record
     * @throws IllegalArgumentException naming everything
     */
    public void requireConsistent(List<String> others) {
        List<String> problems = new ArrayList<>(others);
        if (engine == EngineChoice.ATHENA && athenaWorkgroup.isEmpty()) {
            problems.add("--ATHENA_WORKGROUP: is needed when --ENGINE is athena");
        }
        if (engine == EngineChoice.ATHENA && athenaResultsS3.isEmpty()) {
            problems.add("--ATHENA_RESULTS_S3: is needed when --ENGINE is athena");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n  - ", problems));
        }
    }

    /** How Athena is asked; empty when not all that it needs is given. */
    public Optional<AthenaSettings> athena() {
        Duration deadline = Duration.ofMinutes(queryDeadlineMin);
        return athenaWorkgroup.flatMap(workgroup ->
                athenaResultsS3.map(results -> new AthenaSettings(workgroup, results, SHORTEST_POLL, deadline)));
    }

    /** What builds the tables. */
    public QueryEngine connect(QueryEngines engines) {
        return engine.connect(engines, athena());
    }

    public Duration timeToLive() {
        return Duration.ofSeconds(leaseSeconds);
    }

    /**
     * The same for the library.
     *
     * @param base the folder that holds the versions
     * @param atATime how many tables are built at a time
     */
    public VersionOptions options(String job, S3Uri base, int atATime) {
        return new VersionOptions(job, base, engine, atATime, keepVersions, force, takeOver);
    }
}
