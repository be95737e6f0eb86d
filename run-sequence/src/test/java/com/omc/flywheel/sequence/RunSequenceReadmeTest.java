package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.sequence.deployment.JobSettings;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import com.omc.flywheel.sequence.deployment.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code run-sequence/README.md} says of sequences, steps, arguments, codes and messages is what the code does. With
 * {@code -Ddocs.write=true} the parts between marks are written anew.
 */
class RunSequenceReadmeTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final Path README = HOME.resolve("run-sequence/README.md");
    private static final String END = "<!-- end -->";
    private static final String NEEDED = "needed";

    private static final Pattern SECTION = Pattern.compile("(?m)^### (\\d+)\\. ([a-z-]+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z_]+)` \\| `?([^|`]+?)`? \\|");
    private static final Pattern ARGUMENT = Pattern.compile("\"--([A-Z0-9_]+)\": \"([^\"]*)\"");
    private static final Pattern SAYS = Pattern.compile("says:((?: `[^`]+`,?)+)");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    /** On a line of its own, after a prompt, or in a text. */
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|^\\$ |`)run-sequence/run ([a-z]+ [^`\n]+?)[`\n]");

    private static final Pattern CHOSEN = Pattern.compile("--(from|only|skip) (\\S+)");

    static Stream<String> sequences() {
        return SequenceSteps.known(HOME).stream();
    }

    static Stream<Arguments> steps() throws IOException {
        Map<String, String> values = values();
        return sequences().flatMap(sequence -> DocumentedStep.of(HOME, sequence, values).stream()
                .map(step -> Arguments.of(sequence, step)));
    }

    @Test
    void givesAValueToEveryPlaceholder() throws IOException {
        Set<String> names = new TreeSet<>(JobSettings.template(HOME).names());
        sequences()
                .map(sequence -> Template.read(HOME.resolve("run-sequence/%s.asl.json".formatted(sequence))))
                .forEach(template -> names.addAll(template.names()));

        assertThat(values().keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void hasASectionForEachStepInOrder(String sequence) throws IOException {
        SequenceSteps steps = SequenceSteps.read(HOME, sequence);

        assertThat(SECTION.matcher(chapter(sequence)).results().map(match -> match.group(1) + " " + match.group(2)))
                .containsExactlyElementsOf(steps.names().stream()
                        .map(step -> steps.number(step) + " " + step)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("steps")
    void startsEachJobAsTheSequenceDoes(String sequence, DocumentedStep step) throws IOException {
        compare("start-job-run: %s %s".formatted(sequence, step.name()), step.markdown());

        String section = section(sequence, step.name());
        assertThat(section).contains("<!-- start-job-run: %s %s -->".formatted(sequence, step.name()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void givesArgumentsThatTheJobTakes(String sequence, DocumentedStep step) throws IOException {
        String block = block("start-job-run: %s %s".formatted(sequence, step.name()));
        List<String> tokens = ARGUMENT.matcher(block)
                .results()
                .flatMap(argument -> Stream.of("--" + argument.group(1), argument.group(2)))
                .toList();

        assertThat(tokens).as(step.name()).isNotEmpty();
        assertThat(notes(step.definition(), tokens)).as(step.name()).isEmpty();
    }

    @Test
    void namesTheStepsBehindExitCodes() throws IOException {
        List<SequenceSteps> all =
                sequences().map(sequence -> SequenceSteps.read(HOME, sequence)).toList();
        StringBuilder table = new StringBuilder("| exit code | ");
        all.forEach(steps -> table.append("step of `%s` | ".formatted(steps.sequence())));
        table.append("\n|---|").append("---|".repeat(all.size())).append('\n');
        int longest = all.stream().mapToInt(steps -> steps.names().size()).max().orElseThrow();
        for (int number = 1; number <= longest; number++) {
            int code =
                    SequenceFailure.of(number, List.of("BAD_DATA: any"), "any").exitCode();
            table.append("| %d | ".formatted(code));
            for (SequenceSteps steps : all) {
                List<String> names = steps.names();
                table.append(number <= names.size() ? "`%s` | ".formatted(names.get(number - 1)) : "| ");
            }
            table.append('\n');
        }

        compare("exit codes", table.toString().replaceAll("(?m) +$", ""));
    }

    @Test
    void listsEveryKindOfFailureAndWhetherItIsTriedAgain() throws IOException {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (FailureKind kind : FailureKind.values()) {
            kinds.put(kind.name(), secondAttempt(kind));
        }

        assertThat(rows("kinds")).containsExactlyEntriesOf(kinds);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void listsTheInputWithItsDefaults(String sequence) throws IOException {
        JsonNode definition = definition(sequence);
        String merge =
                definition.at("/States/Read the input/Parameters/input.$").asText();
        String defaults = merge.substring(merge.indexOf('{'), merge.lastIndexOf('}') + 1);
        Map<String, String> expected = new LinkedHashMap<>(Map.of("snapshot_dt", NEEDED));
        new ObjectMapper()
                .readTree(defaults)
                .fields()
                .forEachRemaining(
                        field -> expected.put(field.getKey(), field.getValue().asText()));

        assertThat(rows("input")).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void saysHowLongAnExecutionMayTake(String sequence) throws IOException {
        int hours = definition(sequence).path("TimeoutSeconds").asInt() / 3600;

        assertThat(readme()).contains("after %d hours".formatted(hours));
    }

    @Test
    void quotesMessagesThatTheCodeHas() throws IOException {
        String sources = sources();
        List<String> quoted = SAYS.matcher(readme())
                .results()
                .flatMap(match -> QUOTED.matcher(match.group(1)).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(quoted).hasSizeGreaterThan(20);
        assertThat(quoted).allSatisfy(message -> assertThat(sources).contains(message));
    }

    @Test
    void givesCommandsThatTheRunnerTakes() throws IOException {
        List<List<String>> lines = COMMAND.matcher(readme())
                .results()
                .map(line -> List.of(line.group(1).split(" ")))
                .toList();

        assertThat(lines).hasSizeGreaterThan(10);
        lines.forEach(line ->
                assertThatCode(() -> check(line)).as(String.join(" ", line)).doesNotThrowAnyException());
    }

    private static void check(List<String> line) {
        Command command = commands()
                .filter(any -> line.size() >= any.name().size())
                .filter(any -> line.subList(0, any.name().size()).equals(any.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no such command"));
        List<String> words = line.subList(command.name().size(), line.size());
        CommandOptions.read(command.options(), words);
        CHOSEN.matcher(String.join(" ", words)).results().forEach(chosen -> {
            Optional<String> named = Optional.of(chosen.group(2));
            SequenceSteps.read(HOME, line.get(1))
                    .skipped(
                            named.filter(any -> chosen.group(1).equals("from")),
                            named.filter(any -> chosen.group(1).equals("only")),
                            named.filter(any -> chosen.group(1).equals("skip")));
        });
    }

    private static Stream<Command> commands() {
        AwsSurroundings aws = AwsSurroundings.ofThisProcess(HOME);
        return Stream.of(
                new LocalSequenceCommand(HOME, LocalSequence.BUCKETED),
                new LocalSequenceCommand(HOME, LocalSequence.PARTITIONED),
                new PlanCommand(HOME, LocalSequence.BUCKETED),
                new PlanCommand(HOME, LocalSequence.PARTITIONED),
                new LocalStatusCommand(HOME, Map.of()),
                new AwsRunCommand("bucketed", aws),
                new AwsRunCommand("partitioned", aws),
                new AwsAttachCommand(aws),
                new AwsStopCommand(aws),
                new AwsRedriveCommand(aws));
    }

    private static String secondAttempt(FailureKind kind) {
        if (kind == FailureKind.BUSY) {
            return "after a wait";
        }
        return kind.worthRetrying() ? "at once" : "no";
    }

    private static <A extends Record> List<String> notes(JobDefinition<A> job, List<String> tokens) {
        ArgumentRecord.Parsed<A> parsed = job.argumentRecord().read(job.name(), tokens);
        return parsed.notes();
    }

    private static JsonNode definition(String sequence) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readString(HOME.resolve("run-sequence/%s.asl.json".formatted(sequence))));
    }

    private static Map<String, String> values() throws IOException {
        return rows("values");
    }

    /** The first two columns of a table between marks. */
    private static Map<String, String> rows(String name) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(block(name)).results().forEach(row -> assertThat(rows.put(row.group(1), row.group(2)))
                .as(row.group(1))
                .isNull());
        return rows;
    }

    private static void compare(String name, String declared) throws IOException {
        String readme = readme();
        String block = block(name);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(README, readme.replace(begin(name) + block + END, begin(name) + declared + END));
        } else {
            assertThat(block)
                    .as(
                            "%s; ./mvnw -pl run-sequence -am test -Dtest=RunSequenceReadmeTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true writes it anew",
                            name)
                    .isEqualTo(declared);
        }
    }

    private static String block(String name) throws IOException {
        String readme = readme();
        String begin = begin(name);
        assertThat(readme).containsOnlyOnce(begin);
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf(END, from);
        assertThat(to).as("%s after %s", END, begin).isGreaterThanOrEqualTo(from);
        return readme.substring(from, to);
    }

    private static String begin(String name) {
        return "<!-- %s -->\n".formatted(name);
    }

    /** From its heading to the next one of its level. */
    private static String chapter(String sequence) throws IOException {
        return part(readme(), "## Sequence " + sequence + "\n", "\n## ");
    }

    private static String section(String sequence, String step) throws IOException {
        int number = SequenceSteps.read(HOME, sequence).number(step);
        return part(chapter(sequence) + "\n### ", "### %d. %s\n".formatted(number, step), "\n### ");
    }

    private static String part(String text, String heading, String next) {
        assertThat(text).containsOnlyOnce(heading);
        int from = text.indexOf(heading);
        int to = text.indexOf(next, from + heading.length());
        assertThat(to).as("what comes after %s", heading.strip()).isPositive();
        return text.substring(from, to);
    }

    private static String readme() throws IOException {
        return Files.readString(README);
    }

    /** All that may print a message: main code and definitions. */
    private static String sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("common/src/main", "jobs/src/main", "run-sequence/src/main")) {
            try (Stream<Path> found = Files.walk(HOME.resolve(folder))) {
                found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        sequences().forEach(sequence -> files.add(HOME.resolve("run-sequence/%s.asl.json".formatted(sequence))));
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }

    @Test
    void hasNothingBetweenMarksThatNoTestReads() throws IOException {
        Set<String> known = new TreeSet<>(Set.of("values", "exit codes", "kinds", "input"));
        steps().map(Arguments::get)
                .forEach(step ->
                        known.add("start-job-run: %s %s".formatted(step[0], ((DocumentedStep) step[1]).name())));

        Set<String> marks = Pattern.compile("<!-- (.*) -->")
                .matcher(readme())
                .results()
                .map(mark -> mark.group(1))
                .filter(mark -> !mark.equals("end"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(marks).isEqualTo(known);
        assertThat(Arrays.stream(readme().split("\n", -1)).filter(END::equals)).hasSameSizeAs(known);
    }
}
