package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code run-sequence/spark-submit} as a user does, from a folder outside the project. */
class SparkSubmitIT {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final Path SCRIPTS = HOME.resolve("run-sequence");
    private static final String JOBS_JAR = HOME.resolve("jobs/target/jobs.jar").toString();
    private static final String JOB = "com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob";

    @TempDir
    private Path folder;

    @Test
    void printsTheHelpOfAJob() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--class", JOB, JOBS_JAR, "--help");

        assertThat(ended.exitCode()).as(ended.errors()).isZero();
        assertThat(ended.output()).contains("--SOURCE_PATH");
    }

    @Test
    void runsThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("submit"), SCRIPTS.resolve("spark-submit"));

        Ended ended = start(link, "--driver-memory", "600m", "--class", JOB, JOBS_JAR, "--help");

        assertThat(ended.exitCode()).as(ended.errors()).isZero();
    }

    @Test
    void failsWhenTheJobLacksAnArgument() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--class", JOB, JOBS_JAR, "--SOURCE_PATH", "s3://raw/x/");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.errors()).contains("BAD_ARGUMENT", "--TARGET_PATH");
    }

    @Test
    void failsWhenTheClassIsNotInTheJar() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--class", "com.omc.flywheel.jobs.NoJob", JOBS_JAR);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.errors()).contains("com.omc.flywheel.jobs.NoJob");
    }

    @Test
    void failsWhenAnOptionIsUnknown() throws Exception {
        Ended ended = start(SCRIPTS.resolve("spark-submit"), "--clas", JOB, JOBS_JAR);

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.errors()).contains("--clas");
    }

    @Test
    void saysHowToBuildTheRuntime() throws Exception {
        for (String script : List.of("spark-submit", "java17.sh")) {
            Files.copy(SCRIPTS.resolve(script), folder.resolve(script));
        }

        Ended ended = start(folder.resolve("spark-submit"), "--version");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("./mvnw -Pquick package");
    }

    @Test
    void asksForAJdk17() throws Exception {
        Ended ended = start(Map.of("JAVA_HOME", folder.toString()), SCRIPTS.resolve("spark-submit"), "--version");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.errors()).contains("JAVA_HOME", folder.toString(), "JDK 17");
    }

    private Ended start(Path script, String... words) throws IOException, InterruptedException {
        return start(Map.of("JAVA_HOME", System.getProperty("java.home")), script, words);
    }

    private Ended start(Map<String, String> environment, Path script, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), Files.readString(output), Files.readString(errors));
    }

    private record Ended(int exitCode, String output, String errors) {}
}
