package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.Script.Ended;
import com.omc.flywheel.testdata.GeneratedSnapshots;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts {@code run-sequence/run local partitioned} as a user does, snapshot after snapshot. */
class RunLocalPartitionedIT {
    private static final String MAPPING =
            """
            OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER
            IBE_01,ibe1802,Home,IBE1802,1802
            MIACS_02,miacs_02_017,Spend,MIACS_02_017,17
            """;
    private static final int ROWS = 300;

    @TempDir
    private Path folder;

    @Test
    void addsASnapshotToATimeSeriesThatCanBeAsked() throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.csv"), MAPPING);
        GeneratedSnapshots generated = new SnapshotGenerator(GeneratorOptions.defaults()
                        .withRows(ROWS)
                        .withSnapshots(LocalDate.of(2025, 10, 1), LocalDate.of(2025, 11, 1))
                        .withMapping(mapping))
                .writeTo(folder.resolve("source"));

        Ended october = run(
                "local",
                "partitioned",
                "--source",
                folder.resolve("source").toString(),
                "--mapping",
                mapping.toString(),
                "--snapshot-dt",
                "2025-10-01",
                "--id-buckets",
                "2",
                "--skip",
                "generate-data-monitor-report,generate-cleanrooms-report");

        assertThat(october.exitCode()).as(october.output() + october.errors()).isZero();
        assertThat(october.output())
                .containsPattern("prepare-part-tables +done +\\d+")
                .containsPattern("part_ibe_01 +4 +2 +%d +s3://flywheel-local/split_part/infobase_attributes/IBE_01/"
                        .formatted(ROWS));

        Ended november = run(
                "local",
                "partitioned",
                "--source",
                folder.resolve("source").toString(),
                "--mapping",
                mapping.toString(),
                "--id-buckets",
                "2");

        assertThat(november.exitCode())
                .as(november.output() + november.errors())
                .isZero();
        assertThat(november.output())
                .containsPattern("part_ibe_01 +4 +4 +%d ".formatted(2 * ROWS))
                .containsPattern("create-part-addressable-ids-er-table +done +\\d+")
                .containsPattern("part_addressable_ids +\\d+ +4 +%d ".formatted(generated.addressableRows()))
                .containsPattern(
                        "part_addressable_ids_er +2 +\\d+ +s3://flywheel-local/identity/part_addressable_ids_er/run=")
                .doesNotContainPattern("part_addressable_ids_er +2 +%d ".formatted(generated.addressableRows()));

        Ended answer = run("local", "sql", "select snapshot_dt, count(*) as n from part_ibe_01 group by 1 order by 1");

        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        assertThat(answer.output())
                .containsPattern("2025-10-01 +%d".formatted(ROWS))
                .containsPattern("2025-11-01 +%d".formatted(ROWS));

        Ended ids = run(
                "local",
                "sql",
                "select count(*) as n from part_addressable_ids_er e join part_addressable_ids p"
                        + " on e.row_id = p.customer_user_id and p.snapshot_dt = date '2025-11-01'"
                        + " having n = (select count(*) from part_addressable_ids_er)"
                        + " and n = (select count(*) from part_addressable_ids where snapshot_dt = date '2025-11-01')");

        assertThat(ids.exitCode()).as(ids.errors()).isZero();
        assertThat(ids.output()).containsPattern("(?m)^[1-9]\\d*$");

        Ended status = run("local", "status");

        assertThat(status.exitCode()).as(status.errors()).isZero();
        assertThat(status.output()).contains("s3://flywheel-local/identity/ at ");

        Ended report = run("local", "report");

        assertThat(report.exitCode()).as(report.output() + report.errors()).isZero();
        assertThat(report.output().lines().toList())
                .filteredOn(line -> line.endsWith(".html") && Files.isRegularFile(Path.of(line)))
                .satisfiesExactly(
                        page -> assertThat(Path.of(page)).content().contains("part_ibe_01"),
                        page -> assertThat(Path.of(page)).content().contains("part_addressable_ids_er"));

        Ended refused = run("local", "sql", "drop view part_ibe_01");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("BAD_ARGUMENT", "only queries are run");
    }

    private Ended run(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--work", folder.resolve("work").toString()));
        return Script.run(folder, Script.FOLDER.resolve("run"), all.toArray(String[]::new));
    }
}
