package com.omc.flywheel.common.arguments;

import static com.omc.flywheel.common.arguments.CopyArguments.NEEDED;
import static com.omc.flywheel.common.arguments.CopyArguments.defaults;
import static com.omc.flywheel.common.arguments.CopyArguments.with;
import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.snapshot.RequireSuccess;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentRecordTest {
    private final ArgumentRecord<CopyArguments> record = new ArgumentRecord<>(CopyArguments.class);

    @Test
    void readsEveryType() {
        CopyArguments arguments = read(
                "--SOURCE_PATH", "s3a://lake/in/",
                "--TARGET_PATH", "s3://lake/out/",
                "--SNAPSHOT_DT", "2025-11-01",
                "--TARGET_FILE_MB", "0.5",
                "--MAX_COLS", "7",
                "--MAX_NULL_KEYS", "5000000000",
                "--REQUIRE_SUCCESS", "False",
                "--Label", "a label",
                "--DRY_RUN", "TRUE");

        assertThat(arguments)
                .isEqualTo(new CopyArguments(
                        S3Uri.parse("s3://lake/in/"),
                        S3Uri.parse("s3://lake/out/"),
                        Optional.of(SnapshotDate.parse("2025-11-01")),
                        new DataSize(512 << 10),
                        7,
                        5_000_000_000L,
                        RequireSuccess.FALSE,
                        Optional.of("a label"),
                        true));
    }

    @Test
    void takesDefaultsForWhatIsAbsent() {
        assertThat(read(NEEDED)).isEqualTo(defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"_NONE_", "", " ", " _NONE_ "})
    void takesBlankAndNoneForAbsent(String absent) {
        CopyArguments arguments = read(with(
                "--SNAPSHOT_DT", absent,
                "--TARGET_FILE_MB", absent,
                "--MAX_COLS", absent,
                "--MAX_NULL_KEYS", absent,
                "--REQUIRE_SUCCESS", absent,
                "--Label", absent));

        assertThat(arguments).isEqualTo(defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"_NONE_", "", " "})
    void needsWhatHasNoDefaultHoweverItIsAbsent(String absent) {
        assertRefused("--SOURCE_PATH", absent, "--TARGET_PATH", "s3://lake/out/")
                .hasMessageEndingWith("\n  - --SOURCE_PATH: is needed, for example --SOURCE_PATH s3://lake/in/");
    }

    @Test
    void takesABareNameOfABooleanForYes() {
        assertThat(read(with("--DRY_RUN")).dryRun()).isTrue();
        assertThat(read(Stream.concat(Stream.of("--DRY_RUN"), Stream.of(NEEDED)).toArray(String[]::new))
                        .dryRun())
                .isTrue();
        assertThat(read(with("--DRY_RUN", "_NONE_")).dryRun()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void takesABlankBooleanForAbsentAndNotForYes(String blank) {
        assertThat(read(with("--DRY_RUN", blank)).dryRun()).isFalse();
        assertThat(read(with("--DRY_RUN=" + blank)).dryRun()).isFalse();
        assertThat(read(with("--DRY_RUN", "--DRY_RUN", blank)).dryRun()).isFalse();
        assertThat(read(with("--DRY_RUN", blank, "--DRY_RUN")).dryRun()).isTrue();
    }

    @Test
    void readsPastTheArgumentsOfGlueAndNotesThem() {
        ArgumentRecord.Parsed<CopyArguments> parsed = record.read(
                "copy",
                List.of(with("--TempDir", "s3://lake/temp/", "--JOB_ID", "j_1", "--MAX_COLS", "7", "--MAX_COLS", "8")));

        assertThat(parsed.arguments().maxCols()).isEqualTo(8);
        assertThat(parsed.notes())
                .containsExactly(
                        "--TempDir is left to AWS Glue", "--MAX_COLS is given more than once; the last one counts");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_COLS,-5,'expected a number from 0 to 2147483647, got \"-5\"'",
        "MAX_COLS,2147483648,'expected a number from 0 to 2147483647, got \"2147483648\"'",
        "MAX_COLS,7.5,'expected a whole number, got \"7.5\"'",
        "MAX_NULL_KEYS,-1,'expected a number from 0 to 9223372036854775807, got \"-1\"'",
        "MAX_NULL_KEYS,9223372036854775808,'expected a whole number, got \"9223372036854775808\"'",
        "DRY_RUN,yes,'expected true or false, got \"yes\"'",
        "REQUIRE_SUCCESS,maybe,'expected one of [auto, true, false], got \"maybe\"'",
        "SNAPSHOT_DT,2025-02-30,'expected a real date YYYY-MM-DD, got \"2025-02-30\"'",
        "TARGET_FILE_MB,400MB,'expected megabytes like 400 or 0.25, got \"400MB\"'"
    })
    void saysWhatItExpectedAndWhatItGot(String name, String value, String problem) {
        assertRefused(with("--" + name, value))
                .hasMessage(
                        "BAD_ARGUMENT: copy cannot start; mend these arguments (--help explains each):\n  - --%s: %s",
                        name, problem);
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertRefused(
                        "stray",
                        "--SOURCE_PATH",
                        "lake/in",
                        "--TRAGET_PATH",
                        "s3://lake/out/",
                        "--dry-run",
                        "--MAX_COLS",
                        "x")
                .hasMessage(
                        """
                        BAD_ARGUMENT: copy cannot start; mend these arguments (--help explains each):
                          - "stray" belongs to no argument; write --KEY value
                          - --TRAGET_PATH is not an argument of this job; did you mean --TARGET_PATH? Known: DRY_RUN, Label, MAX_COLS, MAX_NULL_KEYS, REQUIRE_SUCCESS, SNAPSHOT_DT, SOURCE_PATH, TARGET_FILE_MB, TARGET_PATH
                          - --dry-run: did you mean --DRY_RUN?
                          - --SOURCE_PATH: expected s3://bucket/key, got "lake/in"
                          - --TARGET_PATH: is needed, for example --TARGET_PATH s3://lake/out/
                          - --MAX_COLS: expected a whole number, got "x\"""");
    }

    @Test
    void keepsTheRulesOfTheConstructor() {
        assertRefused("--SOURCE_PATH", "s3://lake/in/", "--TARGET_PATH", "s3a://lake/in/")
                .hasMessageEndingWith("\n  - --SOURCE_PATH and --TARGET_PATH are both s3://lake/in/");
    }

    @ParameterizedTest
    @CsvSource({
        "SNAPSHOT_DT,2025-11-01",
        "TARGET_FILE_MB,0.5",
        "MAX_COLS,100",
        "MAX_NULL_KEYS,5",
        "REQUIRE_SUCCESS,true",
        "Label,x"
    })
    void refusesABareNameOfWhatIsNoBoolean(String name, String example) {
        assertRefused(with("--" + name))
                .hasMessageEndingWith(
                        "\n  - --%s: has no value; write --%s %s, or leave the name out", name, name, example);
    }

    @Test
    void refusesABareNameOfWhatIsNeeded() {
        assertRefused("--TARGET_PATH", "s3://lake/out/", "--SOURCE_PATH")
                .hasMessageEndingWith(
                        "\n  - --SOURCE_PATH: has no value; write --SOURCE_PATH s3://lake/in/, or leave the name out");
    }

    record Counted(
            @Argument(help = "Tables at a time.", example = "4", min = 1) int parallelism,
            @Argument(help = "Rows.", example = "5", min = 2) Optional<Long> rows) {}

    @Test
    void refusesANumberBelowTheLeast() {
        ArgumentRecord<Counted> counted = new ArgumentRecord<>(Counted.class);

        assertFails(FailureKind.BAD_ARGUMENT, () -> counted.read("count", List.of("--PARALLELISM", "0", "--ROWS", "1")))
                .hasMessageEndingWith(
                        "\n  - --PARALLELISM: expected at least 1, got 0\n  - --ROWS: expected at least 2, got 1");
        assertThat(counted.read("count", List.of("--PARALLELISM", "1", "--ROWS", "2"))
                        .arguments())
                .isEqualTo(new Counted(1, Optional.of(2L)));
    }

    record Broken(@Argument(help = "Text.", example = "x") String text) {
        Broken {
            if (text.equals("broken")) {
                throw new IllegalStateException("a defect");
            }
        }
    }

    @Test
    void doesNotTakeADefectOfTheConstructorForABadArgument() {
        assertThatThrownBy(() -> new ArgumentRecord<>(Broken.class).read("broken", List.of("--TEXT", "broken")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Broken failed")
                .hasRootCauseMessage("a defect");
    }

    @Test
    void readsNothingWhenHelpIsAsked() {
        ArgumentRecord.Parsed<CopyArguments> parsed = record.read("copy", List.of("--help", "--SOURCE_PATH", "wrong"));

        assertThat(parsed.helpAsked()).isTrue();
        assertThat(parsed.arguments()).isNull();
    }

    @Test
    void refusesABareNameBeforeAnotherName() {
        assertRefused(with("--MAX_COLS", "--DRY_RUN"))
                .hasMessageEndingWith("\n  - --MAX_COLS: has no value; write --MAX_COLS 100, or leave the name out");
    }

    private CopyArguments read(String... tokens) {
        return record.read("copy", List.of(tokens)).arguments();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String... tokens) {
        return assertFails(FailureKind.BAD_ARGUMENT, () -> read(tokens));
    }
}
