package com.omc.flywheel.jobs.createathenabucketedtables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.query.AthenaSettings;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.EngineChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateAthenaBucketedTablesArgumentsTest {
    private static final Map<String, String> NEEDED = Map.of(
            "STAGED_DB", "staged",
            "FINAL_DB", "final",
            "BUCKETED_BASE", "s3://lake/bucketed",
            "ATHENA_WORKGROUP", "flywheel",
            "ATHENA_RESULTS_S3", "s3://lake/results/");

    /** B7: the old job read the environment while Glue passes arguments, and took _NONE_ for a part of a path. */
    @Test
    void readsWhatGluePassesAndTakesNoneForAbsent() {
        CreateAthenaBucketedTablesArguments arguments =
                read("BUCKET_COUNT", "64", "TABLES_FILTER", "_NONE_", "TABLE_PREFIX", "_NONE_");

        assertThat(arguments.bucketCount()).isEqualTo(64);
        assertThat(arguments.tablesFilter()).isEmpty();
        assertThat(arguments.tablePrefix()).hasToString("bucketed_");
        assertThat(arguments.stagedPrefix()).hasToString("ext_");
        assertThat(arguments.versions().engine()).isEqualTo(EngineChoice.ATHENA);
        assertThat(arguments.maxConcurrency()).isEqualTo(5);
        assertThat(arguments.versions().keepVersions()).isEqualTo(2);
    }

    /** D12: the old jobs had an account's buckets and an environment's databases as defaults. */
    @Test
    void hasNoDefaultThatNamesADatabaseAFolderOrAWorkgroup() {
        assertThatThrownBy(() -> read("STAGED_DB", "_NONE_", "FINAL_DB", "_NONE_", "BUCKETED_BASE", "_NONE_"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll(
                        "--STAGED_DB: is needed", "--FINAL_DB: is needed", "--BUCKETED_BASE: is needed");
        assertThatThrownBy(() -> read("ATHENA_WORKGROUP", "_NONE_", "ATHENA_RESULTS_S3", "_NONE_"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll(
                        "--ATHENA_WORKGROUP: is needed when --ENGINE is athena",
                        "--ATHENA_RESULTS_S3: is needed when --ENGINE is athena");
    }

    @Test
    void needsNothingOfAthenaWithSpark() {
        assertThat(read("ENGINE", "spark", "ATHENA_WORKGROUP", "_NONE_", "ATHENA_RESULTS_S3", "_NONE_")
                        .versions()
                        .engine())
                .isEqualTo(EngineChoice.SPARK);
    }

    /** B14: the old job looked at a query without end. */
    @Test
    void givesEveryQueryADeadline() {
        assertThat(read().versions().athena())
                .contains(new AthenaSettings(
                        "flywheel", S3Uri.parse("s3://lake/results/"), Duration.ofMillis(500), Duration.ofMinutes(60)));
        assertThat(read("QUERY_DEADLINE_MIN", "7").versions().athena())
                .map(AthenaSettings::deadline)
                .contains(Duration.ofMinutes(7));
        assertThatThrownBy(() -> read("QUERY_DEADLINE_MIN", "0"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("--QUERY_DEADLINE_MIN");
    }

    @Test
    void refusesToReplaceTheTablesThatItReadsAndNamesWhatElseIsWrong() {
        assertThatThrownBy(() -> read("FINAL_DB", "staged", "TABLE_PREFIX", "ext_", "ATHENA_WORKGROUP", "_NONE_"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll(
                        "--STAGED_PREFIX and --TABLE_PREFIX are both ext_ in one database",
                        "--ATHENA_WORKGROUP: is needed when --ENGINE is athena");
    }

    private static CreateAthenaBucketedTablesArguments read(String... namesAndValues) {
        Map<String, String> arguments = new LinkedHashMap<>(NEEDED);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        List<String> tokens = new ArrayList<>();
        arguments.forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        return new ArgumentRecord<>(CreateAthenaBucketedTablesArguments.class)
                .read("create-athena-bucketed-tables", tokens)
                .arguments();
    }
}
