package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.generatecleanroomsreport.GenerateCleanroomsReportJob;
import com.omc.flywheel.jobs.generatedatamonitorreport.GenerateDataMonitorReportJob;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.deployment.JobSettings;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code local report}: both reports over the tables that local runs have made, with Clean Rooms and Entity Resolution
 * answering from recorded files.
 */
final class LocalReportCommand implements Command {
    static final String RECORDED = "test-data/recorded";
    private static final CommandOption MEMBERSHIP = new CommandOption(
            "--membership", "ID", "the membership to report on; default the recorded one with tables");
    private static final CommandOption ANSWERS = new CommandOption(
            "--recorded", "DIR", "recorded answers of Clean Rooms and Entity Resolution; default " + RECORDED);
    private static final CommandOption FRESHNESS = new CommandOption(
            "--freshness-days",
            "N",
            "how old the newest snapshot may be; default " + LocalEnvironment.TEN_YEARS + ", as it is generated");
    private static final CommandOption FAIL_ON = new CommandOption(
            "--fail-on", "LEVEL", "none, error or warning: what alerts fail the command; default error");

    private final Path home;

    LocalReportCommand(Path home) {
        this.home = home;
    }

    @Override
    public List<String> name() {
        return List.of("local", "report");
    }

    @Override
    public String purpose() {
        return "Reports on the tables of the local workspace, with recorded answers of Clean Rooms.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(MEMBERSHIP, ANSWERS, FRESHNESS, FAIL_ON, LocalSequenceCommand.WORK, LocalSequenceCommand.MEMORY);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        LocalWorkspace workspace = LocalWorkspace.of(home, options.path(LocalSequenceCommand.WORK));
        workspace.requireCatalog();
        Path recorded = options.path(ANSWERS).orElse(home.resolve(RECORDED));
        try (EmbeddedS3 server = EmbeddedS3.start(home, workspace.s3());
                AwsJsonEndpoint services = LocalTables.serve(workspace, recorded)) {
            Map<String, String> environment =
                    new LocalTables(server.endpoint(), services.endpoint()).environmentOfReports();
            JobProcess jobs = new JobProcess(
                    home, environment, options.text(LocalSequenceCommand.MEMORY).orElse("4g"));
            run(steps(options), jobs, workspace, output);
        }
    }

    /** One report is no reason to leave out the other; the pages are named whatever they say. */
    private static void run(List<LocalStep> steps, JobProcess jobs, LocalWorkspace workspace, PrintStream output) {
        List<StepFailure> failures = new ArrayList<>();
        List<String> pages = new ArrayList<>();
        for (LocalStep step : steps) {
            S3Uri folder = LocalWorkspace.BUCKET.folder(step.arguments().get("REPORT_PREFIX"));
            Optional<Path> before = newestPage(workspace.file(folder));
            output.printf("%n== %s%n", step.label());
            output.flush();
            try {
                jobs.run(step.job(), step.arguments(), workspace.log(step.label()), output);
            } catch (StepFailure e) {
                failures.add(e);
            }
            newestPage(workspace.file(folder))
                    .filter(page -> before.filter(page::equals).isEmpty())
                    .ifPresent(page -> pages.add(page.toString()));
        }
        output.println();
        pages.forEach(output::println);
        if (!failures.isEmpty()) {
            throw new StepFailure(
                    failures.stream().map(StepFailure::getMessage).collect(Collectors.joining(System.lineSeparator())),
                    failures.get(0).exitCode());
        }
    }

    private List<LocalStep> steps(CommandOptions options) {
        LocalEnvironment environment = new LocalEnvironment(LocalWorkspace.BUCKET);
        options.text(MEMBERSHIP).ifPresent(id -> environment.value("membership_id", id));
        String collaboration = GenerateCleanroomsReportJob.DEFINITION.name();
        String monitor = GenerateDataMonitorReportJob.DEFINITION.name();
        // This command looks for pages there.
        environment.override(collaboration, "REPORT_PREFIX", "cleanrooms-reports");
        environment.override(monitor, "REPORT_PREFIX", "data-monitor-reports");
        options.text(FRESHNESS).ifPresent(days -> environment.override(monitor, "FRESHNESS_DAYS", days));
        environment.override(monitor, "FAIL_ON", options.text(FAIL_ON).orElse("error"));
        Map<String, JobSettings> jobs = environment.jobs(home);
        return List.of(
                step(GenerateCleanroomsReportJob.DEFINITION, jobs.get(collaboration)),
                step(GenerateDataMonitorReportJob.DEFINITION, jobs.get(monitor)));
    }

    private static LocalStep step(JobDefinition<?> job, JobSettings settings) {
        return new LocalStep(job.name(), job, settings.arguments());
    }

    /** The times in the names of the files order them. */
    private static Optional<Path> newestPage(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".html")).max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT, "cannot read the folder %s (%s)".formatted(folder, e.getMessage()), e);
        }
    }
}
