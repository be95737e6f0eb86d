package com.omc.flywheel.sequence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.job.PlanningJobs;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import com.omc.flywheel.sequence.plan.SequencePlan;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * {@code plan SEQUENCE}: prints what {@code local SEQUENCE} with the same options would do. It puts the source and the
 * mappings into the workspace as a run does, and changes nothing else.
 */
final class PlanCommand implements Command {
    private final Path home;
    private final LocalSequence sequence;
    private final LocalSequenceCommand local;
    private final Clock clock = Clock.systemUTC();

    PlanCommand(Path home, LocalSequence sequence) {
        this.home = home;
        this.sequence = sequence;
        this.local = new LocalSequenceCommand(home, sequence);
    }

    @Override
    public List<String> name() {
        return List.of("plan", sequence.name());
    }

    @Override
    public String purpose() {
        return "Prints what local %s would do, step by step; only the source is made ready, nothing else is written."
                .formatted(sequence.name());
    }

    @Override
    public List<CommandOption> options() {
        return local.options().stream()
                .filter(option -> !option.equals(LocalSequenceCommand.MEMORY))
                .toList();
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        SequenceSteps steps = SequenceSteps.read(home, sequence.name());
        Set<String> skipped = LocalSequenceCommand.skipped(steps, options);
        ObjectNode input = LocalSequenceCommand.input(options);
        LocalWorkspace workspace = LocalWorkspace.of(home, options.path(LocalSequenceCommand.WORK));
        S3Uri source = LocalSequenceCommand.source(options, workspace);
        LocalEnvironment environment = local.environment(options, workspace, source, skipped, output);
        LocalSequenceCommand.leaveOut(skipped, input);
        try (EmbeddedS3 server = EmbeddedS3.start(
                        home, workspace.s3(), EmbeddedS3Options.open().asReadOnly());
                AwsJsonEndpoint services = AwsJsonEndpoint.start(catalog(workspace))) {
            server.adoptFiles(LocalWorkspace.BUCKET.bucket());
            LocalTables tables = new LocalTables(server.endpoint(), services.endpoint());
            try (PlanningJobs jobs = PlanningJobs.connectAnonymously(tables.environment(), clock)) {
                new SequencePlan(steps, LocalEnvironment.JOB_PREFIX, environment.jobs(home), jobs)
                        .print(local.machine(environment), input, output);
            }
        }
    }

    /** That of the workspace; without one, an empty one that is gone with this program. */
    private static EmbeddedGlueCatalog catalog(LocalWorkspace workspace) {
        return Files.isDirectory(workspace.catalog())
                ? EmbeddedGlueCatalog.keptIn(workspace.catalog())
                : EmbeddedGlueCatalog.inMemory();
    }
}
