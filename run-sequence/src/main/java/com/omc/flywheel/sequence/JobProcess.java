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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a job the way a person does: {@code run-sequence/spark-submit} in a process of its own. */
final class JobProcess {
    /** What the JVM writes before the message of the failure that ended a job. */
    private static final String UNCAUGHT = "Exception in thread \"main\" " + JobFailure.class.getName() + ": ";
    /** What a job writes before a message that its exit code tells of. */
    private static final String LOGGED = " ERROR JobExit: ";

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
     * How a job ended.
     *
     * @param exitCode of its process; 0 when it ended well
     * @param message of the failure that ended it, on one line or several; empty when it ended well or said nothing
     * @param timedOut whether it was ended because its time was over
     */
    record Ended(int exitCode, String message, boolean timedOut) {}

    /**
     * Runs a job to its end. What it says goes to the console; the log file has the stack traces too.
     *
     * @throws StepFailure when it exits with another code than 0; its own message has been shown then
     */
    void run(JobDefinition<?> job, Map<String, String> arguments, Path log, PrintStream console) {
        Ended ended = runToItsEnd(job, arguments, log, console, Optional.empty());
        if (ended.exitCode() != 0) {
            throw new StepFailure(
                    "%s failed with exit code %d, for the reason above; its whole log is %s"
                            .formatted(job.name(), ended.exitCode(), log),
                    ended.exitCode());
        }
    }

    /** Runs a job to its end, whichever it is, or until its time is over. */
    Ended runToItsEnd(
            JobDefinition<?> job,
            Map<String, String> arguments,
            Path log,
            PrintStream console,
            Optional<Duration> timeout) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("run-sequence/spark-submit").toString(),
                "--driver-memory",
                memory,
                "--class",
                job.mainClass().getName(),
                home.resolve("jobs/target/jobs.jar").toString()));
        arguments.forEach((name, value) -> command.addAll(List.of("--" + name, value)));
        try {
            return execute(command, log, console, timeout);
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT, "cannot run %s (%s)".formatted(command.get(0), e.getMessage()), e);
        }
    }

    /** Standard input and output stay the terminal's, so that the job can draw its progress there. */
    private Ended execute(List<String> command, Path log, PrintStream console, Optional<Duration> timeout)
            throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        AtomicBoolean timedOut = new AtomicBoolean();
        timeout.ifPresent(time -> process.onExit()
                .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(tooLate -> {
                    timedOut.set(true);
                    process.destroy();
                    return process;
                }));
        FailureText message = new FailureText();
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line);
                file.newLine();
                message.read(line);
                if (!isStackTrace(line)) {
                    console.println(line.startsWith(UNCAUGHT) ? line.substring(UNCAUGHT.length()) : line);
                }
            }
            int exitCode = process.waitFor();
            return new Ended(exitCode, exitCode == 0 ? "" : message.text(), timedOut.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureKind.ENVIRONMENT, "interrupted while a job ran", e);
        } finally {
            process.destroy();
        }
    }

    /** The message of the failure that ended a job, as far as its lines are read. */
    private static final class FailureText {
        private final StringBuilder text = new StringBuilder();
        private boolean inside;

        void read(String line) {
            int logged = line.indexOf(LOGGED);
            if (line.startsWith(UNCAUGHT)) {
                begin(line.substring(UNCAUGHT.length()));
            } else if (logged >= 0) {
                begin(line.substring(logged + LOGGED.length()));
            } else if (inside && line.startsWith("  - ")) {
                text.append('\n').append(line);
            } else {
                inside = false;
            }
        }

        private void begin(String first) {
            text.setLength(0);
            text.append(first);
            inside = true;
        }

        String text() {
            return text.toString();
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
