package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MainTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Main main = new Main(List.of(new Greeting()));

    @Test
    void runsTheCommandThatTheFirstWordsName() {
        assertThat(run("say", "hello", "--to", "you")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("hello you");
    }

    @Test
    void listsTheCommandsWhenNoneIsNamed() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("say", "goodbye")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("say hello", "Greets.");
        assertThat(output.size()).isZero();
    }

    @Test
    void printsHelpToStandardOutput() {
        assertThat(run("--help")).isZero();
        assertThat(run("say", "hello", "--help")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("say hello", "--to NAME", "whom to greet");
        assertThat(errors.size()).isZero();
    }

    @Test
    void namesEveryWordThatIsNotUnderstood() {
        assertThat(run("say", "hello", "--from", "--to")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("--from is not an option", "--to has no value", "--help");
    }

    @Test
    void understandsANameAloneAndAValueAloneInAnyOrder() {
        assertThat(run("say", "hello", "--to", "you", "--loudly", "dear")).isZero();
        assertThat(run("say", "hello", "dear", "--loudly", "--to", "you")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("HELLO DEAR YOU".repeat(2));
    }

    @Test
    void takesOneValueAlone() {
        assertThat(run("say", "hello", "dear", "old", "--to", "you")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("old is one WORD too many after dear", "--help");
        assertThat(output.size()).isZero();
    }

    @Test
    void refusesAMisspeltNameWhereAValueAloneMayStand() {
        assertThat(run("say", "hello", "-loudly", "--to", "you")).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("-loudly is not an option");
    }

    @Test
    void listsEveryFormOfOptionInTheHelp() {
        assertThat(run("say", "hello", "--help")).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "  --to NAME             whom to greet",
                        "  --loudly              in capitals",
                        "  WORD                  before the name");
    }

    @Test
    void printsTheMessageOfAFailureAndNothingElse() {
        assertThat(run("say", "hello")).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("MISSING_INPUT: nobody is there");
    }

    @Test
    void endsAsTheStepDidThatAnotherRunWasInTheWayOf() {
        assertThat(runFailing(new StepFailure("the step failed", 75))).isEqualTo(75);
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("the step failed");
    }

    @Test
    void endsWithOneHoweverElseAStepFailed() {
        for (int exitCode : List.of(1, 2, 137)) {
            assertThat(runFailing(new StepFailure("the step failed", exitCode)))
                    .as("exit code of the runner when the step's is %d", exitCode)
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void endsWithTwoForWrongUseAndElseWithTheCodeOfTheKind(FailureKind kind) {
        assertThat(runFailing(new JobFailure(kind, "nobody is there")))
                .isEqualTo(kind == FailureKind.BAD_ARGUMENT ? 2 : kind.exitCode());
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines(kind + ": nobody is there");
    }

    private int runFailing(RuntimeException failure) {
        return new Main(List.of(new Failing(failure))).run(List.of("fail"), stream(output), stream(errors));
    }

    private int run(String... words) {
        return main.run(List.of(words), stream(output), stream(errors));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Fails as it is told to. */
    private record Failing(RuntimeException failure) implements Command {
        @Override
        public List<String> name() {
            return List.of("fail");
        }

        @Override
        public String purpose() {
            return "Fails.";
        }

        @Override
        public List<CommandOption> options() {
            return List.of();
        }

        @Override
        public void run(CommandOptions options, PrintStream output) {
            throw failure;
        }
    }

    /** Greets whom it is told to, and fails when that is nobody. */
    private static final class Greeting implements Command {
        private static final CommandOption TO = new CommandOption("--to", "NAME", "whom to greet");
        private static final CommandOption LOUDLY = CommandOption.flag("--loudly", "in capitals");
        private static final CommandOption WORD = CommandOption.valueAlone("WORD", "before the name");

        @Override
        public List<String> name() {
            return List.of("say", "hello");
        }

        @Override
        public String purpose() {
            return "Greets.";
        }

        @Override
        public List<CommandOption> options() {
            return List.of(TO, LOUDLY, WORD);
        }

        @Override
        public void run(CommandOptions options, PrintStream output) {
            String name =
                    options.text(TO).orElseThrow(() -> new JobFailure(FailureKind.MISSING_INPUT, "nobody is there"));
            String greeting =
                    "hello " + options.text(WORD).map(word -> word + " ").orElse("") + name;
            output.print(options.isGiven(LOUDLY) ? greeting.toUpperCase(Locale.ROOT) : greeting);
        }
    }
}
