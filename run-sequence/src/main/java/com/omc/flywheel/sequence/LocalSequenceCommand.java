package com.omc.flywheel.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.JobCatalog;
import com.omc.flywheel.sequence.asl.Ended;
import com.omc.flywheel.sequence.asl.ExecutionContext;
import com.omc.flywheel.sequence.asl.Interpreter;
import com.omc.flywheel.sequence.asl.StateMachine;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.deployment.StepOutcome;
import com.omc.flywheel.sequence.deployment.Template;
import com.omc.flywheel.sequence.runs.RunRecord;
import com.omc.flywheel.sequence.runs.RunRecord.StepRecord;
import com.omc.flywheel.sequence.runs.StepOutput;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code local SEQUENCE}: executes the sequence's own file on this machine, every job in a process of its own, on an
 * embedded S3 and an embedded catalog.
 */
final class LocalSequenceCommand implements Command {
    /** Where every table is described. */
    static final String DATABASE = "flywheel_local";

    static final CommandOption WORK = new CommandOption(
            "--work", "DIR", "keeps everything, so that runs build on each other; default run-sequence/target/local");
    static final CommandOption MEMORY =
            new CommandOption("--memory", "SIZE", "the heap of each job, for example 2g; default 4g");
    static final CommandOption ROWS = new CommandOption(
            "--rows", "N", "rows of the snapshots to generate when no --source is given; default 10000");

    private static final int DEFAULT_ROWS = 10_000;
    /** A lease is over before the second attempt of what found the data set held. */
    private static final int BUSY_WAIT_SECONDS = LocalEnvironment.LEASE_SECONDS + 5;

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
    private static final CommandOption TABLES =
            new CommandOption("--tables", "NAMES", "only these tables, separated by commas; default all");
    private static final CommandOption FORCE =
            CommandOption.flag("--force", "write again what is published already; default is to leave it");
    private static final CommandOption ALLOW_DROPPED_COLUMNS = CommandOption.flag(
            "--allow-dropped-columns", "leave out columns that no table has, or that the snapshot before has");
    private static final CommandOption ALLOW_MIXED_SNAPSHOTS = CommandOption.flag(
            "--allow-mixed-snapshots",
            "go on when the sources' newest snapshots differ, or with --tables other tables'");
    private static final CommandOption FROM =
            new CommandOption("--from", "STEP", "begin with this step and those beside it");
    private static final CommandOption ONLY = new CommandOption("--only", "STEP", "run this step alone");
    private static final CommandOption SKIP =
            new CommandOption("--skip", "STEPS", "leave out these steps, separated by commas");

    private final Path home;
    private final LocalSequence sequence;
    private final Clock clock = Clock.systemUTC();

    LocalSequenceCommand(Path home, LocalSequence sequence) {
        this.home = home;
        this.sequence = sequence;
    }

    @Override
    public List<String> name() {
        return List.of("local", sequence.name());
    }

    @Override
    public String purpose() {
        return sequence.purpose();
    }

    @Override
    public List<CommandOption> options() {
        return Stream.of(
                        List.of(ROWS, SNAPSHOTS, SOURCE, MAPPING),
                        sequence.moreOptions(),
                        List.of(SNAPSHOT_DT, TARGET_FILE_MB, TABLES, ALLOW_DROPPED_COLUMNS, ALLOW_MIXED_SNAPSHOTS),
                        List.of(FORCE, FROM, ONLY, SKIP, WORK, MEMORY))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        SequenceSteps steps = SequenceSteps.read(home, sequence.name());
        Set<String> skipped = skipped(steps, options);
        ObjectNode input = input(options);
        LocalWorkspace workspace = LocalWorkspace.of(home, options.path(WORK));
        Path recorded = home.resolve(LocalReportCommand.RECORDED);
        try (EmbeddedS3 server = EmbeddedS3.start(home, workspace.s3());
                AwsJsonEndpoint services = LocalTables.serve(workspace, recorded)) {
            server.createBucket(LocalWorkspace.BUCKET.bucket());
            Instant began = clock.instant();
            S3Uri source = source(options, workspace);
            LocalEnvironment environment = environment(options, workspace, source, skipped, output);
            server.adoptFiles(LocalWorkspace.BUCKET.bucket());
            output.printf("source %s ready in %d s%n", source, secondsSince(began));
            LocalTables tables = new LocalTables(server.endpoint(), services.endpoint());
            tables.createDatabase(DATABASE);
            leaveOut(skipped, input);
            execute(steps, options, workspace, environment, input, tables, output);
        }
    }

    /** The steps that the options leave out. */
    static Set<String> skipped(SequenceSteps steps, CommandOptions options) {
        return new LinkedHashSet<>(steps.skipped(options.text(FROM), options.text(ONLY), options.text(SKIP)));
    }

    /** Generates the source, or brings it, where that has not been done. */
    static S3Uri source(CommandOptions options, LocalWorkspace workspace) {
        int rows = options.number(ROWS).orElse(DEFAULT_ROWS);
        return options.path(SOURCE)
                .map(workspace::bring)
                .orElseGet(() -> workspace.generate(rows, options.text(SNAPSHOTS)));
    }

    /** The settings of this run; steps that the source has nothing for are added to those that are skipped. */
    LocalEnvironment environment(
            CommandOptions options, LocalWorkspace workspace, S3Uri source, Set<String> skipped, PrintStream output) {
        LocalEnvironment environment = new LocalEnvironment(source);
        environment.value(
                sequence.mappingValue(),
                workspace
                        .bringMapping(MAPPING, options.path(MAPPING).orElse(home.resolve(sequence.defaultMapping())))
                        .toString());
        Optional<Path> idsMapping = options.path(LocalSequence.IDS_MAPPING);
        environment.value(
                "ids_mapping",
                workspace
                        .bringMapping(
                                LocalSequence.IDS_MAPPING,
                                idsMapping.orElse(home.resolve(LocalSequence.DEFAULT_IDS_MAPPING)))
                        .toString());
        options.text(LocalSequence.ID_BUCKETS).ifPresent(number -> environment.value("id_buckets", number));
        if (idsMapping.isPresent()) {
            // Only the committed mapping is known to leave a column out.
            environment.override(
                    "addressable-split-and-part",
                    "ALLOW_DROPPED_COLUMNS",
                    String.valueOf(options.isGiven(ALLOW_DROPPED_COLUMNS)));
        }
        for (JobDefinition<?> job : JobCatalog.all()) {
            if (job.argumentRecord().names().contains("LEASE_SECONDS")) {
                environment.override(job.name(), "LEASE_SECONDS", String.valueOf(LocalEnvironment.LEASE_SECONDS));
            }
            if (job.argumentRecord().names().contains("TARGET_FILE_MB")) {
                options.text(TARGET_FILE_MB)
                        .ifPresent(size -> environment.override(job.name(), "TARGET_FILE_MB", size));
            }
        }
        S3Uri ids = source.folder("addressable_ids").folder("raw_input");
        if (!workspace.holdsFiles(ids)) {
            refuseIdsOfAnotherSource(workspace);
            sequence.stepsOfIds().stream().sorted().forEach(step -> {
                output.printf("%s is skipped: --source has no folder for it%n", step);
                skipped.add(step);
            });
            environment.override(
                    "resolve-snapshot",
                    "SOURCE_PATHS",
                    source.folder("infobase_attributes").folder("raw_input").toString());
        }
        return environment;
    }

    /** The later steps take every data set of the workspace: those of two sources would end beside each other. */
    private void refuseIdsOfAnotherSource(LocalWorkspace workspace) {
        S3Uri published = new S3Uri(LocalWorkspace.BUCKET.bucket(), sequence.dataSetOfIds());
        if (workspace.holdsFiles(published)) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "--source has no addressable_ids/raw_input, and the workspace holds what a run on another source wrote, %s; choose another --work"
                            .formatted(published));
        }
    }

    /** The sequence's own file, here. */
    StateMachine machine(LocalEnvironment environment) {
        Path file = home.resolve("run-sequence/%s.asl.json".formatted(sequence.name()));
        return StateMachine.read(file.toString(), Template.read(file).render(environment.values()));
    }

    private void execute(
            SequenceSteps steps,
            CommandOptions options,
            LocalWorkspace workspace,
            LocalEnvironment environment,
            JsonNode input,
            LocalTables tables,
            PrintStream output) {
        StateMachine machine = machine(environment);
        String name = workspace.nextRun(sequence.name(), options.snapshot(SNAPSHOT_DT));
        ExecutionContext context =
                new ExecutionContext(LocalEnvironment.JOB_PREFIX + sequence.name(), name, clock.instant(), input);
        Map<String, String> variables = tables.environmentOfReports();
        JobProcess processes =
                new JobProcess(home, variables, options.text(MEMORY).orElse("4g"));
        StepDisplay display = new StepDisplay(output, clock, "log");
        output.printf("run %s of %s%n", name, sequence.name());
        try (S3ObjectStore store = S3ObjectStore.connectAnonymously(S3Connection.fromEnvironment(variables));
                GlueTableCatalog catalog = tables.catalog()) {
            ExecutionSteps listener = new ExecutionSteps(
                    steps,
                    display,
                    step -> workspace.log(step).toString(),
                    arguments -> StepOutput.of(arguments, store, catalog, clock));
            LocalTasks tasks = new LocalTasks(environment.jobs(home), processes, store, workspace, name, clock, output);
            Ended ended = new Interpreter(tasks, listener, Pause.sleeping(), new SecureRandom(), clock, 1)
                    .run(machine, context);
            List<StepRecord> records = listener.records();
            Path record = new RunRecord(
                            name,
                            sequence.name(),
                            LocalEnvironment.NAME,
                            context.input(),
                            workspace.decidedSnapshot(sequence.name(), name),
                            ended.succeeded() ? "succeeded" : "failed",
                            context.startTime(),
                            clock.instant(),
                            records)
                    .writeTo(workspace.runs(sequence.name()));
            output.printf("%n%s%n", display.summary());
            if (!ended.succeeded()) {
                throw failure(steps, records, ended, workspace, record);
            }
            output.printf("%s%n%s%n", tables.describe(DATABASE, sequence.prefixes()), whereToLook(workspace, record));
        }
    }

    /** The input but for the steps to skip, which depend on the source too. */
    static ObjectNode input(CommandOptions options) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put(
                "snapshot_dt",
                options.snapshot(SNAPSHOT_DT).map(SnapshotDate::toString).orElse(ArgumentRecord.ABSENT));
        input.put("tables", options.text(TABLES).orElse(ArgumentRecord.ABSENT));
        input.put("force", String.valueOf(options.isGiven(FORCE)));
        input.put("allow_dropped_columns", String.valueOf(options.isGiven(ALLOW_DROPPED_COLUMNS)));
        input.put("allow_mixed_snapshots", String.valueOf(options.isGiven(ALLOW_MIXED_SNAPSHOTS)));
        return input.put("busy_wait_seconds", BUSY_WAIT_SECONDS);
    }

    static void leaveOut(Set<String> skipped, ObjectNode input) {
        input.put("skip", skipped.isEmpty() ? ArgumentRecord.ABSENT : String.join(",", skipped));
    }

    private SequenceFailure failure(
            SequenceSteps steps, List<StepRecord> records, Ended ended, LocalWorkspace workspace, Path record) {
        List<StepRecord> failed = records.stream()
                .filter(step -> step.outcome() == StepOutcome.FAILED)
                .toList();
        if (failed.isEmpty()) {
            return SequenceFailure.ofNoStep("%s failed: %s %s; its record is %s"
                    .formatted(
                            sequence.name(),
                            ended.error().orElse(""),
                            ended.cause().orElse(""),
                            record));
        }
        String names = String.join(", ", failed.stream().map(StepRecord::step).toList());
        return SequenceFailure.of(
                steps.number(failed.get(0).step()),
                failed.stream().map(step -> step.cause().orElse("")).toList(),
                "%s failed at %s, for the reason above; logs are in %s, the record of the run is %s"
                        .formatted(
                                sequence.name(),
                                names,
                                workspace.log(failed.get(0).step()).getParent(),
                                record));
    }

    private static String whereToLook(LocalWorkspace workspace, Path record) {
        return String.join(
                System.lineSeparator(),
                "record     %s".formatted(record),
                "files      %s".formatted(workspace.file(LocalWorkspace.BUCKET)),
                "manifests  _flywheel/manifests/snapshot_dt=.../manifest.json in each data set",
                "catalog    %s".formatted(workspace.catalog()),
                "logs       %s".formatted(workspace.log("<step>")),
                "ask        run-sequence/run local sql \"select count(*) from <table>\", with the same --work");
    }

    private long secondsSince(Instant began) {
        return Duration.between(began, clock.instant()).toSeconds();
    }
}
