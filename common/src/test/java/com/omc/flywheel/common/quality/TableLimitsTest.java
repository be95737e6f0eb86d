package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.quality.SizeCheck.FileSizes;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that compare a table with a limit of the arguments: columns, sizes of files, age. */
class TableLimitsTest {
    private static final long MB = 1 << 20;
    private final Alerts alerts = Observed.alerts();

    /** Defect D1: a hundred columns and a partition column are one too many. */
    @Test
    void countPartitionColumnsToo() {
        ColumnCheck check = new ColumnCheck(100);

        assertThat(check.check(withColumns(99), alerts).fit()).isTrue();
        assertThat(alerts.all()).isEmpty();
        assertThat(check.check(withColumns(100), alerts).fit()).isFalse();
        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.WARNING);
            assertThat(alert.cause()).startsWith("it has 100 columns and 1 partition columns, 1 more than the 100");
            assertThat(alert.next()).isEqualTo("leave 1 off the allowlist, for example c99, or have the quota raised");
        });
    }

    @Test
    void findTooManySmallFiles() {
        FileSizes sizes = sizes(Family.STAGED, 100, MB, 1);

        assertThat(sizes).isEqualTo(new FileSizes(100, 100 * MB, MB, 100, 100, false));
        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo("100 of its 100 files (100 %) are smaller than 32.0 MB, and its 100 MB would fit into 4");
    }

    @Test
    void allowSmallFilesWhereThereMustBeOneForEachBucket() {
        assertThat(sizes(Family.BUCKETED, 256, MB, 256).fit()).isTrue();
        assertThat(sizes(Family.STAGED, 20, MB, 1).fit()).as("a small table").isTrue();
        assertThat(sizes(Family.STAGED, 3, 33 * MB, 1).fit()).isTrue();
        assertThat(alerts.all()).isEmpty();
    }

    @Test
    void tellOfAnOldSnapshotOnceForAllTablesThatShowIt() {
        FreshnessCheck check =
                new FreshnessCheck(SnapshotDate.parse("2025-12-17").day(), 45);
        List<ObservedTable> tables = List.of(Observed.table(Family.STAGED), Observed.table(Family.BUCKETED));

        assertThat(check.check(tables)).singleElement().satisfies(alert -> {
            assertThat(alert.subject()).isEqualTo(Observed.ROOT.toString());
            assertThat(alert.cause())
                    .isEqualTo(
                            "snapshot 2025-11-01, which lake.bucketed_ibe_01, lake.ext_ibe_01 show, is 46 days old, and 45 are allowed");
        });
        assertThat(new FreshnessCheck(SnapshotDate.parse("2025-12-16").day(), 45).check(tables))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "100.1", "1e2", "5%", "1,5"})
    void areNoPercentages(String text) {
        assertThatThrownBy(() -> Percent.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a percentage");
    }

    private FileSizes sizes(Family family, int files, long bytes, int buckets) {
        return new SizeCheck(Observed.options().files(), Observed.next())
                .check(Observed.table(family), Collections.nCopies(files, bytes), buckets, alerts);
    }

    private static ObservedTable withColumns(int count) {
        StoredTable table = Observed.stored(Family.PARTITIONED, Observed.RUN);
        StoredTable wide = new StoredTable(
                table.id(),
                table.version(),
                table.tableType(),
                table.format(),
                table.description(),
                IntStream.range(0, count)
                        .mapToObj(i -> new CatalogColumn("c" + i, "int", ""))
                        .toList(),
                List.of(new CatalogColumn("snapshot_dt", "date", "")),
                table.location(),
                table.buckets(),
                table.parameters());
        return new ObservedTable(wide, Family.PARTITIONED, TableOrigin.of(wide), Optional.empty());
    }
}
