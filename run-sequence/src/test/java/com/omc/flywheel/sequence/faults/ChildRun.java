package com.omc.flywheel.sequence.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A main class in a JVM of its own, with the class path and the options of this one, that can be killed at any moment. */
public final class ChildRun implements AutoCloseable {
    private static final Duration DEATH = Duration.ofSeconds(10);

    private final Process process;
    private final Path errors;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Optional<String>> unread = new LinkedBlockingQueue<>();

    private ChildRun(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::readLines, "output of child " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the class; it sees the environment of this JVM, and of its system properties {@code flywheel.home}. */
    public static ChildRun start(Class<?> mainClass, List<String> arguments, Map<String, String> systemProperties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens") || option.startsWith("-XX:"))
                .forEach(command::add);
        command.add("-Xmx512m");
        command.add("-Duser.timezone=UTC");
        command.add("-Dflywheel.home=" + System.getProperty("flywheel.home"));
        systemProperties.forEach((name, value) -> command.add("-D%s=%s".formatted(name, value)));
        command.add(mainClass.getName());
        command.addAll(arguments);
        try {
            Path errors = Files.createTempFile("child", ".stderr");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            return new ChildRun(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that it has printed to its standard output. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * The next line, of those that no wait has given or passed over, which is like this.
     *
     * @throws AssertionError with what it printed, when the time is over or the process ends before
     */
    public String waitForLine(Predicate<String> wanted, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (true) {
                Optional<String> line = unread.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (line == null) {
                    throw failure("did not print the line within " + deadline);
                }
                if (line.isEmpty()) {
                    // The next wait must find the end too.
                    unread.add(line);
                    throw failure("ended and did not print the line");
                }
                if (wanted.test(line.get())) {
                    return line.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not waited for");
        }
    }

    /** Waits for its end and gives its exit code. */
    public int waitForEnd(Duration deadline) {
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("did not end within " + deadline);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("was not waited for");
        }
    }

    /** Ends it as kill -9 does, without its knowing, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        waitForEnd(DEATH);
    }

    @Override
    public void close() {
        kill();
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readLines() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                unread.add(Optional.of(line));
            }
        } catch (IOException e) {
            // A killed process may leave a broken stream: what it printed before counts.
            lines.add("(%s)".formatted(e.getMessage()));
        } finally {
            unread.add(Optional.empty());
        }
    }

    private AssertionError failure(String what) {
        String printed = String.join("\n", lines);
        try {
            return new AssertionError("the child %s; it printed:%n%s%nand to stderr:%n%s"
                    .formatted(what, printed, Files.readString(errors)));
        } catch (IOException e) {
            return new AssertionError("the child %s; it printed:%n%s".formatted(what, printed), e);
        }
    }
}
