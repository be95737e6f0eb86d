package com.omc.flywheel.jobs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each job declares is what its users were promised and what the documents say. */
class JobConformanceTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final Path README = HOME.resolve("jobs/README.md");
    private static final String END = "<!-- end -->";

    private static final List<String> OF_EVERY_SPLIT = List.of(
            "SNAPSHOT_DT",
            "SOURCE_PATH",
            "TARGET_PATH",
            "BUCKET_COUNT",
            "BUCKET_COL",
            "TARGET_FILE_MB",
            "MAX_COLS",
            "MAX_NULL_KEYS",
            "MAX_DUPLICATE_KEYS",
            "REQUIRE_SUCCESS",
            "KMS_KEY_ID",
            "DRY_RUN",
            "FORCE",
            "TAKE_OVER",
            "RECOVER_ONLY",
            "LEASE_SECONDS");

    private static final List<String> OF_MAPPED_SPLITS = with(
            OF_EVERY_SPLIT,
            "CSV_FILE",
            "TABLES_FILTER",
            "PARALLELISM",
            "ALLOW_DROPPED_COLUMNS",
            "ALLOW_MIXED_SNAPSHOTS");

    private static final List<String> OF_EVERY_REGISTRATION = List.of(
            "TABLE_PREFIX",
            "MAX_COLS",
            "STRICT_COLUMN_BUDGET",
            "TAKE_OVER",
            "LEASE_SECONDS",
            "PARALLELISM",
            "KMS_KEY_ID");

    private static final List<String> OF_EVERY_VERSION = List.of(
            "ENGINE",
            "ATHENA_WORKGROUP",
            "ATHENA_RESULTS_S3",
            "QUERY_DEADLINE_MIN",
            "KEEP_VERSIONS",
            "TAKE_OVER",
            "FORCE",
            "LEASE_SECONDS",
            "AWS_REGION",
            "KMS_KEY_ID",
            "RECOVER_ONLY");

    /** The names that run sequences and Terraform pass: they change together or not at all. */
    private static final List<String> OF_EVERY_REPORT =
            List.of("REPORT_BUCKET", "REPORT_PREFIX", "REPORT_NAME", "OUTPUT", "AWS_REGION", "KMS_KEY_ID");

    private static final Map<String, List<String>> PROMISED = Map.ofEntries(
            entry(
                    "resolve-snapshot",
                    List.of(
                            "SNAPSHOT_DT",
                            "SOURCE_PATHS",
                            "RUNS_PATH",
                            "EXECUTION",
                            "ALLOW_MIXED_SNAPSHOTS",
                            "REQUIRE_SUCCESS",
                            "KMS_KEY_ID")),
            entry("infobase-split-and-bucket", OF_MAPPED_SPLITS),
            entry("addressable-bucket", OF_EVERY_SPLIT),
            entry(
                    "create-athena-bucketed-tables",
                    with(
                            OF_EVERY_VERSION,
                            "BUCKET_COUNT",
                            "BUCKET_COL",
                            "STAGED_DB",
                            "FINAL_DB",
                            "BUCKETED_BASE",
                            "TABLES_FILTER",
                            "TABLE_PREFIX",
                            "STAGED_PREFIX",
                            "MAX_CONCURRENCY",
                            "ALLOW_MIXED_SNAPSHOTS")),
            entry(
                    "create-part-addressable-ids-er-table",
                    with(
                            OF_EVERY_VERSION,
                            "DATABASE",
                            "SOURCE_TABLE",
                            "TARGET_TABLE",
                            "LOCATION",
                            "SNAPSHOT_DT",
                            "KEY")),
            entry("infobase-split-and-part", with(OF_MAPPED_SPLITS, "ID_BUCKETS", "STRICT_COLUMN_BUDGET")),
            entry(
                    "addressable-split-and-part",
                    with(OF_EVERY_SPLIT, "CSV_FILE", "ID_BUCKETS", "ALLOW_DROPPED_COLUMNS", "STRICT_COLUMN_BUDGET")),
            entry("register-staged-tables", with(OF_EVERY_REGISTRATION, "DATABASE", "S3_ROOT", "TABLES_FILTER")),
            entry(
                    "register-part-tables",
                    with(
                            OF_EVERY_REGISTRATION,
                            "SNAPSHOT_DT",
                            "SOURCE_PATH",
                            "STAGED_DB",
                            "ALLOW_MIXED_SNAPSHOTS",
                            "ALLOW_DROPPED_COLUMNS")),
            entry(
                    "prepare-part-tables",
                    List.of(
                            "AWS_REGION",
                            "DATABASE",
                            "WORKGROUP",
                            "RESULTS_S3",
                            "TABLE_PREFIX",
                            "MAX_CONCURRENCY",
                            "POLL_INTERVAL_SEC",
                            "REPAIR",
                            "DROP_STALE",
                            "RETAIN_SNAPSHOTS",
                            "RETAIN_DRY_RUN",
                            "LEASE_SECONDS",
                            "QUERY_DEADLINE_MIN",
                            "KMS_KEY_ID")),
            entry(
                    "generate-cleanrooms-report",
                    with(
                            OF_EVERY_REPORT,
                            "DATABASE",
                            "TABLE_PREFIX",
                            "MEMBERSHIP_ID",
                            "ASSOCIATION_PREFIX",
                            "EXCLUDED_TABLES",
                            "ACCOUNT_LABELS",
                            "COMPARE_WITH")),
            entry(
                    "generate-data-monitor-report",
                    with(
                            OF_EVERY_REPORT,
                            "DATABASE",
                            "STAGED_DB",
                            "FINAL_DB",
                            "STAGED_PREFIX",
                            "BUCKETED_PREFIX",
                            "TABLE_PREFIX",
                            "S3_ROOTS",
                            "KEY_COLUMN",
                            "BUCKET_COUNT",
                            "FRESHNESS_DAYS",
                            "COUNT_TOLERANCE_PCT",
                            "NULL_RATE_DRIFT_PCT",
                            "SMALL_FILE_MB",
                            "SMALL_FILE_SHARE_PCT",
                            "MAX_COLUMNS",
                            "KEY_CHECKS",
                            "PARALLELISM",
                            "SNS_TOPIC_ARN",
                            "FAIL_ON")));

    /** What a job cannot do without; everything else has a default or may be absent. */
    private static final Map<String, List<String>> NEEDED = Map.ofEntries(
            entry("resolve-snapshot", List.of("SOURCE_PATHS", "RUNS_PATH", "EXECUTION")),
            entry("infobase-split-and-bucket", List.of("SOURCE_PATH", "TARGET_PATH", "CSV_FILE")),
            entry("addressable-bucket", List.of("SOURCE_PATH", "TARGET_PATH")),
            entry("infobase-split-and-part", List.of("SOURCE_PATH", "TARGET_PATH", "CSV_FILE")),
            entry("addressable-split-and-part", List.of("SOURCE_PATH", "TARGET_PATH", "CSV_FILE")),
            entry("register-staged-tables", List.of("DATABASE", "S3_ROOT")),
            entry(
                    "create-athena-bucketed-tables",
                    List.of("STAGED_DB", "FINAL_DB", "BUCKETED_BASE", "ATHENA_WORKGROUP", "ATHENA_RESULTS_S3")),
            entry(
                    "create-part-addressable-ids-er-table",
                    List.of("DATABASE", "LOCATION", "ATHENA_WORKGROUP", "ATHENA_RESULTS_S3")),
            entry("register-part-tables", List.of("SOURCE_PATH", "STAGED_DB")),
            entry("prepare-part-tables", List.of("DATABASE", "WORKGROUP", "RESULTS_S3")),
            entry("generate-cleanrooms-report", List.of("REPORT_BUCKET", "DATABASE")),
            entry("generate-data-monitor-report", List.of("REPORT_BUCKET", "DATABASE")));

    private static List<String> with(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    static Stream<JobDefinition<?>> jobs() {
        return JobCatalog.all().stream();
    }

    @Test
    void knowsWhatIsPromisedOfEveryJob() {
        assertThat(jobs().map(JobDefinition::name))
                .containsExactlyInAnyOrderElementsOf(PROMISED.keySet())
                .containsExactlyInAnyOrderElementsOf(NEEDED.keySet());
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void takesExactlyThePromisedArguments(JobDefinition<?> job) {
        assertThat(job.argumentRecord().names())
                .as(job.name())
                .containsExactlyInAnyOrderElementsOf(PROMISED.getOrDefault(job.name(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void runsWithTheExamplesOfItsArguments(JobDefinition<?> job) {
        Map<String, String> examples = examples(job);

        assertThat(describe(job, tokens(examples)))
                .isEqualTo(describe(
                        job,
                        tokens(examples).stream()
                                .map(token -> token.replaceFirst("^s3://", "s3a://"))
                                .toList()))
                .doesNotContain("_NONE_");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void needsExactlyWhatIsSaidAboveAndNothingElse(JobDefinition<?> job) {
        Map<String, String> examples = examples(job);
        Map<String, String> needed = new LinkedHashMap<>(examples);
        List<String> said = NEEDED.getOrDefault(job.name(), List.of());
        needed.keySet().retainAll(said);
        assertThat(needed.keySet()).containsExactlyInAnyOrderElementsOf(said);
        Map<String, String> absent = new LinkedHashMap<>(needed);
        examples.keySet().forEach(name -> absent.putIfAbsent(name, "_NONE_"));

        assertThat(describe(job, tokens(needed))).isEqualTo(describe(job, tokens(absent)));
        needed.keySet().forEach(name -> {
            Map<String, String> one = new LinkedHashMap<>(needed);
            one.remove(name);
            assertThatThrownBy(() -> describe(job, tokens(one)))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageStartingWith("BAD_ARGUMENT: " + job.name())
                    .hasMessageContaining("--%s: is needed", name);
        });
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void explainsEachArgumentInASentence(JobDefinition<?> job) {
        assertThat(arguments(job).values()).extracting(Argument::help).allMatch(help -> help.matches("[A-Z].*[^.]\\."));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void isListedInTheReadmeOfTheProject(JobDefinition<?> job) throws IOException {
        assertThat(Files.readString(HOME.resolve("README.md")).lines())
                .as("the table of jobs in README.md")
                .anyMatch(line -> line.startsWith("| [`%1$s`](jobs/README.md#%1$s) | ".formatted(job.name())));
    }

    /** With {@code -Ddocs.write=true} the README is rewritten. */
    @ParameterizedTest
    @MethodSource("jobs")
    void isDescribedInTheReadme(JobDefinition<?> job) throws IOException {
        String readme = Files.readString(README);
        String begin = "<!-- arguments: %s -->\n".formatted(job.name());
        assertThat(readme).containsOnlyOnce(begin);
        int from = readme.indexOf(begin) + begin.length();
        int to = readme.indexOf(END, from);
        assertThat(to).as("%s after %s", END, begin).isGreaterThanOrEqualTo(from);

        String declared = job.argumentRecord().markdown();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(README, readme.substring(0, from) + declared + readme.substring(to));
        } else {
            assertThat(readme.substring(from, to))
                    .as("the table of %s; ./mvnw -pl jobs -am test -Ddocs.write=true writes it anew", job.name())
                    .isEqualTo(declared);
        }
    }

    /** The arguments as the job would log them. */
    private static <A extends Record> String describe(JobDefinition<A> job, List<String> tokens) {
        ArgumentRecord<A> record = job.argumentRecord();
        ArgumentRecord.Parsed<A> parsed = record.read(job.name(), tokens);
        assertThat(parsed.notes()).isEmpty();
        return record.describe(parsed.arguments());
    }

    private static Map<String, String> examples(JobDefinition<?> job) {
        Map<String, String> examples = new LinkedHashMap<>();
        arguments(job).forEach((name, argument) -> examples.put(name, argument.example()));
        return examples;
    }

    private static Map<String, Argument> arguments(JobDefinition<?> job) {
        List<Argument> declared = declaredIn(job.arguments()).toList();
        List<String> names = List.copyOf(job.argumentRecord().names());
        assertThat(declared).as(job.name()).hasSameSizeAs(names);
        Map<String, Argument> arguments = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            arguments.put(names.get(i), declared.get(i));
        }
        return arguments;
    }

    /** In the order of the names; a component without an annotation is a record of arguments that jobs share. */
    private static Stream<Argument> declaredIn(Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .flatMap(component -> component.isAnnotationPresent(Argument.class)
                        ? Stream.of(component.getAnnotation(Argument.class))
                        : declaredIn(component.getType()));
    }

    private static List<String> tokens(Map<String, String> arguments) {
        List<String> tokens = new ArrayList<>();
        arguments.forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        return tokens;
    }
}
