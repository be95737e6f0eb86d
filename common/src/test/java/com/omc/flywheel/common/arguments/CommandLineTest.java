package com.omc.flywheel.common.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final Set<String> KNOWN = Set.of("SOURCE_PATH", "TARGET_PATH", "DRY_RUN", "MAX_COLS");

    @Test
    void takesBothForms() {
        CommandLine line = parse("--SOURCE_PATH", "s3://lake/in/", "--TARGET_PATH=s3://lake/out/");

        assertThat(line.values()).isEqualTo(Map.of("SOURCE_PATH", "s3://lake/in/", "TARGET_PATH", "s3://lake/out/"));
        assertThat(line.problems()).isEmpty();
        assertThat(line.notes()).isEmpty();
    }

    @Test
    void takesAnyOrder() {
        assertThat(parse("--MAX_COLS", "7", "--SOURCE_PATH", "a").values())
                .isEqualTo(parse("--SOURCE_PATH", "a", "--MAX_COLS", "7").values());
    }

    @Test
    void keepsWhatFollowsTheFirstEqualsSign() {
        CommandLine line = parse("--SOURCE_PATH=s3://lake/snapshot_dt=2025-11-01/", "--TARGET_PATH", "a=b");

        assertThat(line.values())
                .isEqualTo(Map.of("SOURCE_PATH", "s3://lake/snapshot_dt=2025-11-01/", "TARGET_PATH", "a=b"));
    }

    @Test
    void leavesToGlueWhatIsGlues() {
        CommandLine line = parse(
                "--TempDir",
                "s3://lake/temp/",
                "--enable-metrics",
                "true",
                "--JOB_ID",
                "j_1",
                "--JOB_NAME",
                "split",
                "--JOB_RUN_ID=jr_1",
                "--SECURITY_CONFIGURATION",
                "lake",
                "--WORKFLOW_NAME",
                "monthly",
                "--WORKFLOW_RUN_ID=wr_1",
                "--SOURCE_PATH",
                "s3://lake/in/",
                "--enable-observability-metrics",
                "--conf",
                "spark.x=1");

        assertThat(line.values()).isEqualTo(Map.of("SOURCE_PATH", "s3://lake/in/"));
        assertThat(line.problems()).isEmpty();
        assertThat(line.notes())
                .containsExactly(
                        "--TempDir is left to AWS Glue",
                        "--enable-metrics is left to AWS Glue",
                        "--enable-observability-metrics is left to AWS Glue",
                        "--conf is left to AWS Glue");
    }

    @Test
    void letsTheLastOfARepeatedNameCountAndSaysSo() {
        CommandLine line = parse("--MAX_COLS", "7", "--SOURCE_PATH", "a", "--MAX_COLS=9", "--MAX_COLS", "8");

        assertThat(line.values()).containsEntry("MAX_COLS", "8");
        assertThat(line.notes()).hasSize(2).containsOnly("--MAX_COLS is given more than once; the last one counts");
    }

    @Test
    void namesTheNearestAndAllKnownForANameThatNobodyKnows() {
        CommandLine line = parse("--SOURCE_PTAH", "s3://lake/in/", "--REGION", "eu-west-1");

        assertThat(line.problems())
                .containsExactly(
                        "--SOURCE_PTAH is not an argument of this job; did you mean --SOURCE_PATH? Known: DRY_RUN, MAX_COLS, SOURCE_PATH, TARGET_PATH",
                        "--REGION is not an argument of this job. Known: DRY_RUN, MAX_COLS, SOURCE_PATH, TARGET_PATH");
        assertThat(line.values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dry-run,DRY_RUN",
        "dryRun,DRY_RUN",
        "DryRun,DRY_RUN",
        "dry_run,DRY_RUN",
        "DRY-RUN,DRY_RUN",
        "dryrun,DRY_RUN",
        "DRYRUN,DRY_RUN",
        "sourcepath,SOURCE_PATH",
        "Source-Path,SOURCE_PATH",
        "maxCols,MAX_COLS"
    })
    void doesNotLeaveToGlueWhatSpellsOneOfOurNames(String spelling, String meant) {
        CommandLine line = parse("--" + spelling, "true");

        assertThat(line.problems()).containsExactly("--%s: did you mean --%s?".formatted(spelling, meant));
        assertThat(line.values()).isEmpty();
        assertThat(line.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOO", "FOO_BAR", "foo_bar", "Foo_Bar", "FOO-BAR", "", "1"})
    void takesNamesThatAreNotOfGluesFormForOurs(String name) {
        assertThat(parse("--" + name + "=x").problems())
                .singleElement()
                .asString()
                .startsWith("--" + name + " is not an argument of this job");
    }

    @Test
    void takesANameWithoutAValue() {
        assertThat(parse("--DRY_RUN", "--MAX_COLS", "7").values()).isEqualTo(Map.of("DRY_RUN", "", "MAX_COLS", "7"));
        assertThat(parse("--MAX_COLS", "7", "--DRY_RUN").values()).containsEntry("DRY_RUN", "");
        assertThat(parse("--DRY_RUN", "--MAX_COLS", "7").bare()).containsExactly("DRY_RUN");
        assertThat(parse("--DRY_RUN", "", "--MAX_COLS=").bare()).isEmpty();
    }

    @Test
    void takesANegativeNumberForAValue() {
        assertThat(parse("--MAX_COLS", "-5", "--DRY_RUN", "-").values())
                .isEqualTo(Map.of("MAX_COLS", "-5", "DRY_RUN", "-"));
    }

    @Test
    void refusesAValueThatBelongsToNoName() {
        CommandLine line = parse("stray", "--MAX_COLS", "7", "8", "--");

        assertThat(line.problems())
                .containsExactly(
                        "\"stray\" belongs to no argument; write --KEY value",
                        "\"8\" belongs to no argument; write --KEY value",
                        "\"--\" belongs to no argument; write --KEY value");
    }

    @Test
    void knowsWhenHelpIsAsked() {
        assertThat(parse("--SOURCE_PATH", "a", "--help").helpAsked()).isTrue();
        assertThat(parse("--SOURCE_PATH", "a").helpAsked()).isFalse();
    }

    private static CommandLine parse(String... tokens) {
        return CommandLine.parse(List.of(tokens), KNOWN);
    }
}
