package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A pipeline on this machine: every job in a process of its own, on an embedded S3 and an embedded catalog. */
abstract class LocalPipelineCommand implements Command {
    /** Where every table is described. */
    static final String DATABASE = "flywheel_local";

    static final CommandOption WORK = new CommandOption(
            "--work", "DIR", "keeps everything, so that runs build on each other; default run-sequence/target/local");

    static final CommandOption TABLES =
            new CommandOption("--tables", "NAMES", "only these tables, separated by commas; default all");

    private static final int DEFAULT_ROWS = 10_000;
    /** Who interrupts a run here starts it again at once, and not after five minutes. */
    private static final String LEASE_SECONDS = "60";

    private static final CommandOption ROWS = new CommandOption(
            "--rows", "N", "rows of the snapshots to generate when no --source is given; default 10000");
    private static final CommandOption SNAPSHOTS = new CommandOption(
            "--snapshots", "DATES", "the snapshots to generate, separated by commas; default 2025-11-01");
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
    private static final CommandOption FORCE =
            CommandOption.flag("--force", "write again what is published already; default is to leave it");
    static final CommandOption MEMORY =
            new CommandOption("--memory", "SIZE", "the heap of each job, for example 2g; default 4g");

    private final Path home;
    private final Clock clock = Clock.systemUTC();

    LocalPipelineCommand(Path home) {
        this.home = home;
    }

    /**
     * What the steps of a run begin from.
     *
     * @param options what the command was told
     * @param source the folder of both sources
     * @param mapping the mapping of the wide table
     * @param ofSplits the arguments that every split gets
     */
    record Inputs(CommandOptions options, S3Uri source, S3Uri mapping, Map<String, String> ofSplits) {
        S3Uri wideSource() {
            return source.folder("infobase_attributes").folder("raw_input");
        }

        S3Uri idsSource() {
            return source.folder("addressable_ids").folder("raw_input");
        }

        /** The arguments that every split gets, for this source and target, and more. */
        Map<String, String> split(S3Uri from, S3Uri to, Map<String, String> more) {
            Map<String, String> arguments = new LinkedHashMap<>(ofSplits);
            arguments.put("SOURCE_PATH", from.toString());
            arguments.put("TARGET_PATH", to.toString());
            arguments.putAll(more);
            return arguments;
        }

        /** The arguments of a later step. */
        static Map<String, String> withLease(Map<String, String> arguments) {
            Map<String, String> all = new LinkedHashMap<>(arguments);
            all.put("LEASE_SECONDS", LEASE_SECONDS);
            return all;
        }
    }

    /** The mapping without {@code --mapping}, from the root of this project. */
    abstract String defaultMapping();

    /** The options that other pipelines do not have. */
    abstract List<CommandOption> moreOptions();

    /** The steps, in their order. */
    abstract List<LocalStep> steps(Inputs inputs, LocalWorkspace workspace);

    /** What the names of the tables begin with that the run makes. */
    abstract List<String> prefixes();

    final Path home() {
        return home;
    }

    @Override
    public final List<CommandOption> options() {
        return Stream.concat(
                        Stream.of(ROWS, SNAPSHOTS, SOURCE, MAPPING, SNAPSHOT_DT, TARGET_FILE_MB, TABLES),
                        Stream.concat(moreOptions().stream(), Stream.of(FORCE, WORK, MEMORY)))
                .toList();
    }

    @Override
    public final void run(CommandOptions options, PrintStream output) {
        LocalWorkspace workspace = LocalWorkspace.of(home, options.path(WORK));
        int rows = options.number(ROWS).orElse(DEFAULT_ROWS);
        try (EmbeddedS3 server = EmbeddedS3.start(home, workspace.s3());
                AwsJsonEndpoint glue = AwsJsonEndpoint.start(EmbeddedGlueCatalog.keptIn(workspace.catalog()))) {
            server.createBucket(LocalWorkspace.BUCKET.bucket());
            Instant began = clock.instant();
            S3Uri source = options.path(SOURCE)
                    .map(workspace::bring)
                    .orElseGet(() -> workspace.generate(rows, options.text(SNAPSHOTS)));
            S3Uri mapping =
                    workspace.bringMapping(MAPPING, options.path(MAPPING).orElse(home.resolve(defaultMapping())));
            List<LocalStep> steps = steps(new Inputs(options, source, mapping, ofSplits(options)), workspace);
            refuseIdsOfAnotherSource(steps, workspace);
            server.adoptFiles(LocalWorkspace.BUCKET.bucket());
            output.printf("source %s ready in %d s%n", source, secondsSince(began));
            LocalTables tables = new LocalTables(server.endpoint(), glue.endpoint());
            tables.createDatabase(DATABASE);
            TextTable times = runSteps(options, workspace, steps, tables, output);
            output.printf("%n%s%n%s%n%s%n", times, tables.describe(DATABASE, prefixes()), whereToLook(workspace));
        }
    }

    /** The later steps take every data set of the workspace: those of two sources would end beside each other. */
    private static void refuseIdsOfAnotherSource(List<LocalStep> steps, LocalWorkspace workspace) {
        for (LocalStep step : steps) {
            Optional<S3Uri> target =
                    Optional.ofNullable(step.arguments().get("TARGET_PATH")).map(S3Uri::parse);
            boolean absent = step.source()
                    .filter(source -> !workspace.holdsFiles(source))
                    .isPresent();
            if (absent && target.filter(workspace::holdsFiles).isPresent()) {
                throw new JobFailure(
                        FailureKind.CONFLICT,
                        "--source has nothing for %s, and the workspace holds what a run on another source wrote, %s; choose another --work"
                                .formatted(step.label(), target.get()));
            }
        }
    }

    private static Map<String, String> ofSplits(CommandOptions options) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("SNAPSHOT_DT", options.text(SNAPSHOT_DT).orElse("_NONE_"));
        options.text(TARGET_FILE_MB).ifPresent(size -> arguments.put("TARGET_FILE_MB", size));
        arguments.put("FORCE", String.valueOf(options.isGiven(FORCE)));
        arguments.put("LEASE_SECONDS", LEASE_SECONDS);
        return arguments;
    }

    /** Runs one step after the other and gives the table of how long each took. */
    private TextTable runSteps(
            CommandOptions options,
            LocalWorkspace workspace,
            List<LocalStep> steps,
            LocalTables tables,
            PrintStream output) {
        JobProcess jobs =
                new JobProcess(home, tables.environment(), options.text(MEMORY).orElse("4g"));
        TextTable times = new TextTable("step", "seconds");
        for (LocalStep step : steps) {
            Optional<S3Uri> absent = step.source().filter(source -> !workspace.holdsFiles(source));
            if (absent.isPresent()) {
                output.printf("%n%s is skipped: --source has no folder for it%n", step.label());
                times.row(step.label(), "skipped");
                continue;
            }
            output.printf("%n== %s%n", step.label());
            output.flush();
            Instant began = clock.instant();
            jobs.run(step.job(), step.arguments(), workspace.log(step.label()), output);
            times.row(step.label(), secondsSince(began));
        }
        return times;
    }

    private static String whereToLook(LocalWorkspace workspace) {
        List<String> lines = new ArrayList<>(List.of(
                "files      %s".formatted(workspace.file(LocalWorkspace.BUCKET)),
                "manifests  _flywheel/manifests/snapshot_dt=.../manifest.json in each data set",
                "catalog    %s".formatted(workspace.catalog()),
                "logs       %s".formatted(workspace.log("<step>")),
                "ask        run-sequence/run local sql \"select count(*) from <table>\", with the same --work"));
        return String.join(System.lineSeparator(), lines);
    }

    private long secondsSince(Instant began) {
        return Duration.between(began, clock.instant()).toSeconds();
    }
}
