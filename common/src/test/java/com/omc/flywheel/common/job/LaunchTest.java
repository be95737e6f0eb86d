package com.omc.flywheel.common.job;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Spark is started by the first call of a body for it; no body here makes one. */
class LaunchTest {
    private static final List<String> GOOD = List.of("--SOURCE_PATH", "s3://lake/in/", "--TempDir", "s3://lake/temp/");

    record Arguments(@Argument(help = "Where to read.", example = "s3://lake/in/") S3Uri sourcePath) {}

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<JobContext> contexts = new ArrayList<>();

    @Test
    void printsHelpAndRunsNothing() {
        Optional<JobSummary> summary = launch(List.of("--help"), (arguments, context) -> () -> "ran");

        assertThat(summary).isEmpty();
        assertThat(contexts).isEmpty();
        assertThat(printed())
                .isEqualTo(
                        """
                        copy: Copies files.

                        Arguments:
                          --SOURCE_PATH  (needed)
                              Where to read.
                              example: --SOURCE_PATH s3://lake/in/
                          --help
                              Prints this.
                        """);
    }

    @Test
    void refusesBadArgumentsAndRunsNothing() {
        assertFails(
                        FailureKind.BAD_ARGUMENT,
                        () -> launch(List.of("--SOURCE_PATH", "lake/in"), (arguments, context) -> () -> "ran"))
                .hasMessage(
                        """
                        BAD_ARGUMENT: copy cannot start; mend these arguments (--help explains each):
                          - --SOURCE_PATH: expected s3://bucket/key, got "lake/in\"""");
        assertThat(contexts).isEmpty();
        assertThat(printed()).isEmpty();
    }

    @Test
    void handsTheBodyItsArgumentsAndPortsAndPrintsWhatItDid() {
        Optional<JobSummary> summary =
                launch(GOOD, (arguments, context) -> () -> "copied %s%n".formatted(arguments.sourcePath()));

        assertThat(summary).isPresent();
        assertThat(printed().lines()).containsExactly("copied s3://lake/in/", "0 requests to S3");
        assertThat(contexts).singleElement().satisfies(context -> {
            assertThat(context.store()).isNotNull();
            assertThat(context.footers()).isNotNull();
            assertThat(context.jarVersion()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        });
    }

    @Test
    void namesEveryRunAnew() {
        launch(GOOD, (arguments, context) -> () -> "");
        launch(GOOD, (arguments, context) -> () -> "");

        assertThat(contexts).extracting(JobContext::runId).doesNotHaveDuplicates();
    }

    @Test
    void letsTheFailureOfABodyOut() {
        JobFailure failure = new JobFailure(FailureKind.BAD_DATA, "the key is missing");

        assertThatThrownBy(() -> launch(GOOD, (arguments, context) -> {
                    throw failure;
                }))
                .isSameAs(failure)
                .hasMessage("BAD_DATA: the key is missing");
        assertThat(printed().lines()).containsExactly("0 requests to S3");
    }

    private Optional<JobSummary> launch(List<String> tokens, BiFunction<Arguments, JobContext, JobSummary> body) {
        JobDefinition<Arguments> job = new JobDefinition<>(
                "copy", "Copies files.", Arguments.class, LaunchTest.class, (arguments, context) -> {
                    contexts.add(context);
                    return body.apply(arguments, context);
                });
        Map<String, String> environment = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        return new Launch(environment, new PrintStream(printed, true, StandardCharsets.UTF_8)).run(job, tokens);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
