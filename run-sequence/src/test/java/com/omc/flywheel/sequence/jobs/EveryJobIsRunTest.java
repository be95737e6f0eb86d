package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.jobs.JobCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ObservedJobs} runs shows what a job asks for, and not that it does what it should. */
class EveryJobIsRunTest {
    private static final Path PACKAGE = HOME.resolve("run-sequence/src/test/java")
            .resolve(EveryJobIsRunTest.class.getPackageName().replace('.', '/'));

    private static String tests;

    @BeforeAll
    static void readTests() throws IOException {
        try (Stream<Path> files = Files.list(PACKAGE)) {
            tests = files.map(EveryJobIsRunTest::read).collect(Collectors.joining());
        }
    }

    static Stream<JobDefinition<?>> jobs() {
        return JobCatalog.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void byItsArgumentsInATestOfThisPackage(JobDefinition<?> job) {
        String definition = job.mainClass().getSimpleName() + ".DEFINITION";

        assertThat(tests.contains(definition))
                .as("a test in %s that runs %s", PACKAGE, definition)
                .isTrue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
