package com.omc.flywheel.sequence;

import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code local bucketed}: the first steps of the bucketed pipeline on this machine, on an embedded S3. */
final class LocalBucketedCommand implements Command {
    private static final int DEFAULT_ROWS = 10_000;
    private static final String DEFAULT_MAPPING = "test-data/mapping/omc_flywheel_infobase_table_split_lowercase.csv";

    /** Who interrupts a run here starts it again at once, and not after five minutes. */
    private static final String LEASE_SECONDS = "60";

    private static final CommandOption ROWS = new CommandOption(
            "--rows", "N", "rows of the snapshot to generate when no --source is given; default 10000");
    private static final CommandOption SOURCE = new CommandOption(
            "--source",
            "DIR",
            "your own snapshots: infobase_attributes/raw_input/snapshot_dt=.../ and addressable_ids/raw_input/...");
    private static final CommandOption MAPPING =
            new CommandOption("--mapping", "FILE", "the table-split CSV; default the committed one");
    private static final CommandOption SNAPSHOT_DT =
            new CommandOption("--snapshot-dt", "DATE", "the snapshot to read; default the newest");
    private static final CommandOption TARGET_FILE_MB =
            new CommandOption("--target-file-mb", "MB", "the size to aim for per file; default 400");
    private static final CommandOption TABLES =
            new CommandOption("--tables", "NAMES", "only these tables, separated by commas; default all");
    private static final CommandOption WORK = new CommandOption(
            "--work", "DIR", "keeps everything, so that runs build on each other; default run-sequence/target/local");
    private static final CommandOption FORCE =
            CommandOption.flag("--force", "write again what is published already; default is to leave it");
    private static final CommandOption MEMORY =
            new CommandOption("--memory", "SIZE", "the heap of each job, for example 2g; default 4g");

    private final Path home;
    private final Clock clock = Clock.systemUTC();

    LocalBucketedCommand(Path home) {
        this.home = home;
    }

    @Override
    public List<String> name() {
        return List.of("local", "bucketed");
    }

    @Override
    public String purpose() {
        return "Splits a snapshot and its addressable ids into bucketed tables on this machine.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(ROWS, SOURCE, MAPPING, SNAPSHOT_DT, TARGET_FILE_MB, TABLES, FORCE, WORK, MEMORY);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        LocalWorkspace workspace =
                new LocalWorkspace(options.path(WORK).orElse(home.resolve("run-sequence/target/local")));
        int rows = options.number(ROWS).orElse(DEFAULT_ROWS);
        try (EmbeddedS3 server = EmbeddedS3.start(home, workspace.s3())) {
            server.createBucket(LocalWorkspace.BUCKET.bucket());
            Instant began = clock.instant();
            S3Uri source = options.path(SOURCE).map(workspace::bring).orElseGet(() -> workspace.generate(rows));
            S3Uri mapping = workspace.bringMapping(options.path(MAPPING).orElse(home.resolve(DEFAULT_MAPPING)));
            server.adoptFiles(LocalWorkspace.BUCKET.bucket());
            output.printf("source %s ready in %d s%n", source, secondsSince(began));
            output.printf(
                    "%n%s%n%s%n",
                    runSteps(options, workspace, source, mapping, server, output), whereToLook(workspace));
        }
    }

    /** One job of the sequence: what it reads, the data set that it writes, and its other arguments. */
    private record Step(JobDefinition<?> job, S3Uri source, DataSet target, Map<String, String> more) {
        Map<String, String> arguments() {
            Map<String, String> arguments = new LinkedHashMap<>(more);
            arguments.put("SOURCE_PATH", source.toString());
            arguments.put("TARGET_PATH", target.root().toString());
            return arguments;
        }
    }

    private static List<Step> steps(CommandOptions options, S3Uri source, S3Uri mapping) {
        S3Uri splitCluster = LocalWorkspace.BUCKET.folder("split_cluster");
        Map<String, String> both = new LinkedHashMap<>();
        both.put("SNAPSHOT_DT", options.text(SNAPSHOT_DT).orElse("_NONE_"));
        options.text(TARGET_FILE_MB).ifPresent(size -> both.put("TARGET_FILE_MB", size));
        both.put("FORCE", String.valueOf(options.isGiven(FORCE)));
        both.put("LEASE_SECONDS", LEASE_SECONDS);
        Map<String, String> wide = new LinkedHashMap<>(both);
        wide.put("CSV_FILE", mapping.toString());
        options.text(TABLES).ifPresent(tables -> wide.put("TABLES_FILTER", tables));
        return List.of(
                new Step(
                        InfobaseSplitAndBucketJob.DEFINITION,
                        source.folder("infobase_attributes").folder("raw_input"),
                        new DataSet(splitCluster.folder("infobase_attributes")),
                        wide),
                new Step(
                        AddressableBucketJob.DEFINITION,
                        source.folder("addressable_ids").folder("raw_input"),
                        new DataSet(splitCluster.folder("addressable_ids")),
                        both));
    }

    /** Runs one step after the other and gives the table of what they published. */
    private TextTable runSteps(
            CommandOptions options,
            LocalWorkspace workspace,
            S3Uri source,
            S3Uri mapping,
            EmbeddedS3 server,
            PrintStream output) {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "anyone",
                "AWS_SECRET_ACCESS_KEY", "anything");
        JobProcess jobs = new JobProcess(home, environment, options.text(MEMORY).orElse("4g"));
        TextTable results = new TextTable("step", "snapshot", "tables", "rows", "files", "bytes", "seconds");
        for (Step step : steps(options, source, mapping)) {
            if (!workspace.holdsFiles(step.source)) {
                output.printf("%n%s is skipped: --source has no folder for it%n", step.job.name());
                continue;
            }
            output.printf("%n== %s%n", step.job.name());
            output.flush();
            Instant began = clock.instant();
            jobs.run(step.job, step.arguments(), workspace.log(step.job.name()), output);
            addResult(results, step, published(environment, step.target), secondsSince(began));
        }
        return results;
    }

    private Manifest published(Map<String, String> environment, DataSet target) {
        try (S3ObjectStore store = S3ObjectStore.connectAnonymously(S3Connection.fromEnvironment(environment))) {
            return new DataSetPublisher(store, target, clock).current().orElseThrow();
        }
    }

    private static void addResult(TextTable results, Step step, Manifest manifest, long seconds) {
        List<TableEntry> tables = manifest.tables();
        results.row(
                step.job.name(),
                manifest.snapshotDt(),
                tables.size(),
                "%,d".formatted(manifest.rows()),
                tables.stream().mapToInt(table -> table.files().size()).sum(),
                DataSize.format(tables.stream().mapToLong(TableEntry::bytes).sum()),
                seconds);
    }

    private static String whereToLook(LocalWorkspace workspace) {
        Path bucket = workspace.file(LocalWorkspace.BUCKET);
        return """
                tables     %s/split_cluster/infobase_attributes/<TABLE>/*.parquet
                           %s/split_cluster/addressable_ids/addressable_ids/*.parquet
                manifests  .../_flywheel/manifests/snapshot_dt=.../manifest.json in each data set
                logs       %s"""
                .formatted(bucket, bucket, workspace.log("<step>"));
    }

    private long secondsSince(Instant began) {
        return Duration.between(began, clock.instant()).toSeconds();
    }
}
