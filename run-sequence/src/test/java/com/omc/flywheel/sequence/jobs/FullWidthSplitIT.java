package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.IDS_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.IDS_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_SOURCE;
import static com.omc.flywheel.sequence.jobs.Lake.WIDE_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The production mapping: 1,743 columns into 27 tables. {@code -Dflywheel.rows=200000 -Dflywheel.files=24} runs it at the
 * size that the README quotes, with at least so many files for each table.
 */
class FullWidthSplitIT {
    private static final int ROWS = Integer.getInteger("flywheel.rows", 600);
    private static final int FILES = Integer.getInteger("flywheel.files", 2);
    // Of the narrowest table, the key and two columns.
    private static final double LEAST_MEGABYTES_PER_ROW = 16e-6;

    @Test
    void cutsEveryColumnIntoItsTableWithEveryRowInItsPlace(@TempDir Path data) throws Exception {
        try (Lake lake = new Lake(data);
                IndependentReader reader = new IndependentReader()) {
            lake.productionMapping();
            lake.generate(GeneratorOptions.defaults().withRows(ROWS).withSnapshots(LocalDate.of(2025, 11, 1)));
            String targetFileMb = "%.6f".formatted(ROWS * LEAST_MEGABYTES_PER_ROW / FILES);
            lake.run(InfobaseSplitAndBucketJob.DEFINITION, splitArguments("TARGET_FILE_MB", targetFileMb));
            lake.run(AddressableBucketJob.DEFINITION, addressableArguments("TARGET_FILE_MB", targetFileMb));

            Manifest wide = lake.manifest(WIDE_TARGET);
            assertThat(wide.tables()).hasSize(27);
            assertThat(wide.tables().stream()
                            .mapToInt(table -> table.columns().size() - 1)
                            .sum())
                    .as("columns without the keys")
                    .isEqualTo(1_742);
            for (TableEntry table : wide.tables()) {
                assertSameRowsInPlace(lake, reader, WIDE_SOURCE, WIDE_TARGET, table);
            }
            TableEntry ids = lake.manifest(IDS_TARGET).table("addressable_ids").orElseThrow();
            assertSameRowsInPlace(lake, reader, IDS_SOURCE, IDS_TARGET, ids);
        }
    }

    private static void assertSameRowsInPlace(
            Lake lake, IndependentReader reader, S3Uri source, S3Uri target, TableEntry table) throws Exception {
        Path sourceFolder = lake.files(source.folder("snapshot_dt=2025-11-01"));
        Path folder = lake.files(target.folder(table.folder()));
        String checksum = reader.checksum(sourceFolder, table);
        assertThat(reader.checksum(folder, table)).as(table.folder()).isEqualTo(checksum);
        assertThat(reader.types(folder, table)).as(table.folder()).isEqualTo(reader.types(sourceFolder, table));
        assertThat(reader.misplacedRows(lake.files(target), table))
                .as(table.folder())
                .isEmpty();
        assertThat(table.files()).as(table.folder()).hasSizeGreaterThanOrEqualTo(FILES);
        System.out.printf(
                "%s: %s, %d columns, %d files, %d row groups at most; equal to the source, in place, sorted%n",
                table.folder(),
                checksum,
                table.columns().size(),
                table.files().size(),
                reader.rowGroupsPerFile(folder).stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0));
    }
}
