package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static com.omc.flywheel.sequence.jobs.Lake.ROOT;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.createathenabucketedtables.CreateAthenaBucketedTablesJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import com.omc.flywheel.sequence.athena.QueryFailure;
import com.omc.flywheel.sequence.athena.QueryScript;
import com.omc.flywheel.sequence.athena.QueryState;
import com.omc.flywheel.sequence.athena.RecordedQuery;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jobs that ask Athena, by their real arguments and its real protocol; what Athena answers is a script. */
class AthenaJobsTest {
    private static final S3Uri PART = ROOT.folder("split_part").folder("infobase_attributes");

    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping(
                "ibe_01,customer_user_id,Key,Customer_User_id,",
                "ibe_01,ibe1802,Home value range,IBE1802,1802",
                "ibe_02,ibe2001,Age,IBE2001,2001");
        lake.generate(GeneratorOptions.defaults().withRows(200).withMapping(mapping));
        lake.catalog().createDatabase(new CatalogName("lake"));
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void repairsEveryTableAndFallsBackToTheCatalogWhereTheStatementFails() {
        lake.run(InfobaseSplitAndPartJob.DEFINITION, splitArguments("TARGET_PATH", PART.toString()));
        lake.run(RegisterPartTablesJob.DEFINITION, Map.of("STAGED_DB", "lake", "SOURCE_PATH", PART.toString()));
        lake.athena()
                .whenever(
                        sql -> sql.contains("part_ibe_01"),
                        QueryScript.failing(new QueryFailure("FAILED: Execution Error", 2, 1003, false, "no")));
        lake.athena()
                .whenever(
                        sql -> sql.contains("part_ibe_02"),
                        QueryScript.showing(QueryState.QUEUED, QueryState.SUCCEEDED));

        String summary = lake.run(
                        PreparePartTablesJob.DEFINITION,
                        Map.of(
                                "DATABASE", "lake",
                                "WORKGROUP", "primary",
                                "RESULTS_S3", "s3://lake/results/",
                                "POLL_INTERVAL_SEC", "1"))
                .render();

        assertThat(lake.athena().queries())
                .extracting(RecordedQuery::sql)
                .containsExactlyInAnyOrder(
                        "MSCK REPAIR TABLE `lake`.`part_ibe_01`", "MSCK REPAIR TABLE `lake`.`part_ibe_02`");
        assertThat(summary).contains("part_ibe_01").contains("Execution Error");
        for (String table : new String[] {"part_ibe_01", "part_ibe_02"}) {
            assertThat(lake.catalog().partitions(TableId.of("lake", table))).hasSize(1);
        }
    }

    /** B5 and B16: a statement that fails is a job that fails, and what readers have stays. */
    @Test
    void endsBadlyWithoutATraceWhenAthenaCannotMakeATable() {
        lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments());
        lake.run(RegisterStagedTablesJob.DEFINITION, Map.of("DATABASE", "lake", "S3_ROOT", WIDE_TARGET.toString()));
        lake.athena()
                .whenever(
                        sql -> true,
                        QueryScript.failing(new QueryFailure(
                                "HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers",
                                2,
                                1006,
                                false,
                                "no")));

        assertFails(
                        FailureKind.ENVIRONMENT,
                        () -> lake.run(
                                CreateAthenaBucketedTablesJob.DEFINITION,
                                Map.of(
                                        "ATHENA_WORKGROUP", "primary",
                                        "ATHENA_RESULTS_S3", "s3://lake/results/",
                                        "STAGED_DB", "lake",
                                        "FINAL_DB", "lake",
                                        "BUCKETED_BASE", "s3://lake/bucketed/")))
                .hasMessageContaining("2 of 2 tables failed")
                .hasMessageContaining("--ENGINE spark");
        assertThat(lake.athena().queries()).hasSize(2).allSatisfy(query -> assertThat(query.sql())
                .startsWith("CREATE TABLE lake.tmp_bucketed_ibe_0")
                .contains("bucketed_by = ARRAY['customer_user_id'], bucket_count = 256")
                .contains("SELECT \"customer_user_id\", "));
        assertThat(lake.tables("lake", "bucketed_")).isEmpty();
        assertThat(lake.tables("lake", "tmp_")).isEmpty();
        assertThat(lake.store().list(S3Uri.parse("s3://lake/bucketed/")))
                .allMatch(object -> object.uri().key().contains("/_flywheel/lease/"));
    }
}
