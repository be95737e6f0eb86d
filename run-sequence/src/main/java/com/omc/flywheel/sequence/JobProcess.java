package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a job the way a person does: {@code run-sequence/spark-submit} in a process of its own. */
final class JobProcess {
    /** What the JVM writes before the message of the failure that ended a job. */
    private static final String UNCAUGHT = "Exception in thread \"main\" " + JobFailure.class.getName() + ": ";

    private final Path home;
    private final Map<String, String> environment;
    private final String memory;

    /**
     * A way to run jobs.
     *
     * @param home the root folder of this project
     * @param environment variables beside those of this process
     * @param memory the heap of the job, as spark-submit takes it
     */
    JobProcess(Path home, Map<String, String> environment, String memory) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.memory = memory;
    }

    /**
     * Runs a job to its end. What it says goes to the console; the log file has the stack traces too.
     *
     * @throws StepFailure when it exits with another code than 0; its own message has been shown then
     */
    void run(JobDefinition<?> job, Map<String, String> arguments, Path log, PrintStream console) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("run-sequence/spark-submit").toString(),
                "--driver-memory",
                memory,
                "--class",
                job.mainClass().getName(),
                home.resolve("jobs/target/jobs.jar").toString()));
        arguments.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        int exitCode;
        try {
            exitCode = execute(command, log, console);
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT, "cannot run %s (%s)".formatted(command.get(0), e.getMessage()), e);
        }
        if (exitCode != 0) {
            throw new StepFailure(
                    "%s failed with exit code %d, for the reason above; its whole log is %s"
                            .formatted(job.name(), exitCode, log),
                    exitCode);
        }
    }

    /** Standard input and output stay the terminal's, so that the job can draw its progress there. */
    private int execute(List<String> command, Path log, PrintStream console) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.newLine();
                if (!isStackTrace(line)) {
                    console.println(line.startsWith(UNCAUGHT) ? line.substring(UNCAUGHT.length()) : line);
                }
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureKind.ENVIRONMENT, "interrupted while a job ran", e);
        } finally {
            process.destroy();
        }
    }

    private static boolean isStackTrace(String line) {
        return line.startsWith("\tat ")
                || line.startsWith("\t... ")
                || line.startsWith("Caused by: ")
                || line.startsWith("\tSuppressed: ")
                || line.startsWith("\t\t");
    }
}
