package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.IDS_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.IDS_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressableBucketJobTest {
    @TempDir
    Path data;

    private Lake lake;

    @BeforeEach
    void startLake() {
        lake = new Lake(data);
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    @Test
    void rewritesTheSnapshotAsOneTableWithEveryRowInItsPlace() throws Exception {
        Path mapping = lake.mapping("IBE_01,ibe1802,x,x,1");
        lake.generate(GeneratorOptions.defaults().withRows(3_000).withMapping(mapping));
        lake.run(AddressableBucketJob.DEFINITION, addressableArguments("TARGET_FILE_MB", "0.05"));

        TableEntry table = lake.manifest(IDS_TARGET).table("addressable_ids").orElseThrow();
        Path source = lake.files(IDS_SOURCE.folder("snapshot_dt=2025-11-01"));
        Path folder = lake.files(IDS_TARGET.folder("addressable_ids"));
        assertThat(table.columns().get(0)).isEqualTo(new ColumnEntry("customer_user_id", "string", ""));
        assertThat(table.files()).hasSizeGreaterThan(2);
        try (IndependentReader reader = new IndependentReader()) {
            assertThat(reader.columnNames(folder))
                    .containsExactlyElementsOf(
                            table.columns().stream().map(ColumnEntry::name).toList());
            assertThat(reader.checksum(folder, table)).isEqualTo(reader.checksum(source, table));
            assertThat(reader.misplacedRows(lake.files(IDS_TARGET), table)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "range::BIGINT * 7919 - 1000000, bigint",
        "range::INTEGER - 500, int",
        "DATE '1969-06-01' + range::INTEGER, date",
    })
    void takesKeysOfEveryTypeThatEnginesAgreeOn(String key, String type) throws Exception {
        writeSource("SELECT %s AS Customer_User_ID, range AS n FROM range(1000)".formatted(key));
        lake.run(
                AddressableBucketJob.DEFINITION,
                addressableArguments("TARGET_FILE_MB", "0.001", "REQUIRE_SUCCESS", "false"));

        TableEntry table = lake.manifest(IDS_TARGET).table("addressable_ids").orElseThrow();
        assertThat(table.columns().get(0)).isEqualTo(new ColumnEntry("customer_user_id", type, ""));
        assertThat(table.rows()).isEqualTo(1_000);
        assertThat(table.files()).hasSizeGreaterThan(2);
    }

    @Test
    void keepsTheValuesThatConversionsLoveToChange() throws Exception {
        writeSource(
                """
                SELECT range::VARCHAR AS customer_user_id,
                       range AS same, range AS flywheel_bucket, range AS file,
                       CASE range WHEN 0 THEN DATE '0001-01-01' WHEN 1 THEN DATE '1582-10-10'
                                  WHEN 2 THEN DATE '9999-12-31' END AS day,
                       CASE range WHEN 0 THEN TIMESTAMPTZ '0001-01-01 00:00:00+00' WHEN 1 THEN TIMESTAMPTZ '1899-12-31 00:00:01+00'
                                  WHEN 2 THEN TIMESTAMPTZ '2262-04-11 23:47:16.854775+00' END AS instant,
                       CASE range WHEN 0 THEN TIMESTAMP '1899-12-31 00:00:00.000001' END AS wall_clock,
                       CASE range WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN '-Infinity'::DOUBLE WHEN 2 THEN '-0.0'::DOUBLE END AS number,
                       CASE range WHEN 0 THEN 99999999999999999999.999999::DECIMAL(38,6) WHEN 1 THEN -0.000001::DECIMAL(38,6) END AS amount,
                       CASE range WHEN 0 THEN '' WHEN 1 THEN ' ' WHEN 2 THEN 'é😀' || chr(0) || '"\\n' END AS words
                FROM range(40)""");
        lake.run(
                AddressableBucketJob.DEFINITION,
                addressableArguments("TARGET_FILE_MB", "0.0001", "REQUIRE_SUCCESS", "false"));

        TableEntry table = lake.manifest(IDS_TARGET).table("addressable_ids").orElseThrow();
        Path source = lake.files(IDS_SOURCE.folder("snapshot_dt=2025-11-01"));
        Path folder = lake.files(IDS_TARGET.folder("addressable_ids"));
        try (IndependentReader reader = new IndependentReader()) {
            assertThat(reader.columnNames(folder))
                    .containsExactly(
                            "customer_user_id",
                            "same",
                            "flywheel_bucket",
                            "file",
                            "day",
                            "instant",
                            "wall_clock",
                            "number",
                            "amount",
                            "words");
            assertThat(reader.types(folder, table)).isEqualTo(reader.types(source, table));
            assertThat(reader.checksum(folder, table)).isEqualTo(reader.checksum(source, table));
            assertThat(reader.misplacedRows(lake.files(IDS_TARGET), table)).isEmpty();
        }
    }

    @Test
    void refusesAKeyWhoseBucketEnginesDoNotAgreeOn() throws Exception {
        writeSource("SELECT range::DOUBLE AS customer_user_id FROM range(10)");

        assertThatThrownBy(() -> lake.run(AddressableBucketJob.DEFINITION, addressableArguments()))
                .isInstanceOfSatisfying(
                        JobFailure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.BAD_DATA))
                .hasMessageContaining("customer_user_id")
                .hasMessageContaining("double")
                .hasMessageContaining("[string, bigint, int, date]");
    }

    @Test
    void refusesColumnsThatDifferInCaseAlone() throws Exception {
        writeSource("SELECT range::VARCHAR AS customer_user_id, 1 AS a FROM range(10)");
        Path folder = lake.files(IDS_SOURCE.folder("snapshot_dt=2025-11-01"));
        Files.delete(folder.resolve("part-0.parquet"));
        ParquetWithTwoSpellings.write(folder.resolve("part-0.parquet"));
        lake.adoptFiles();

        assertThatThrownBy(() -> lake.run(AddressableBucketJob.DEFINITION, addressableArguments()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("AGE, age all become age in lower case");
    }

    @Test
    void refusesATypeThatTheCatalogDoesNotKnow() throws Exception {
        writeSource(
                "SELECT range::VARCHAR AS customer_user_id, [range] AS many, range::UTINYINT AS small FROM range(10)");

        assertThatThrownBy(() -> lake.run(AddressableBucketJob.DEFINITION, addressableArguments()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("many")
                .hasMessageContaining("small");
    }

    @Test
    void refusesASnapshotWithoutRows() throws Exception {
        writeSource("SELECT range::VARCHAR AS customer_user_id FROM range(0)");

        assertThatThrownBy(() -> lake.run(AddressableBucketJob.DEFINITION, addressableArguments()))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("hold no rows");
    }

    private void writeSource(String sql) throws Exception {
        Path folder = lake.files(IDS_SOURCE.folder("snapshot_dt=2025-11-01"));
        Files.createDirectories(folder);
        try (IndependentReader writer = new IndependentReader()) {
            writer.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(sql, folder.resolve("part-0.parquet")));
        }
        lake.adoptFiles();
    }
}
