package com.omc.flywheel.sequence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a script as a user does, from a folder outside the project, and waits for its end. */
final class Script {
    static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    static final Path FOLDER = HOME.resolve("run-sequence");

    private Script() {}

    /** What a script left: its exit code and what it said. */
    record Ended(int exitCode, String output, String errors) {}

    /** Runs a script under this JVM's JDK. */
    static Ended run(Path folder, Path script, String... words) throws IOException, InterruptedException {
        return run(folder, Map.of(), script, words);
    }

    /** Runs a script under this JVM's JDK, or another one that the environment names. */
    static Ended run(Path folder, Map<String, String> environment, Path script, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(15, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), Files.readString(output), Files.readString(errors));
    }
}
