package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ContractCheckTest {
    private final ContractCheck check = new ContractCheck("customer_user_id", Observed.next());
    private final Alerts alerts = Observed.alerts();

    @Test
    void holdsForATableAsItsJobDescribesIt() {
        assertThat(check.check(Observed.table(Family.STAGED), alerts).holds()).isTrue();
        assertThat(check.check(Observed.table(Family.BUCKETED), alerts).holds()).isTrue();
        assertThat(alerts.all()).isEmpty();
    }

    @Test
    void missesTheTypeOfAnExternalTable() {
        StoredTable table = Observed.stored(Family.STAGED, Observed.RUN);

        assertThat(check.check(changed(table, "MANAGED_TABLE", table.columns()), alerts)
                        .isExternal())
                .isFalse();

        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.ERROR);
            assertThat(alert.cause()).isEqualTo("its type is MANAGED_TABLE and not EXTERNAL_TABLE");
            assertThat(alert.next())
                    .isEqualTo("run register-staged-tables --DATABASE lake --TABLE_PREFIX ext_ --S3_ROOT "
                            + Observed.ROOT);
        });
    }

    @Test
    void saysAllThatIsWrongInOneAlert() {
        StoredTable table = Observed.stored(Family.STAGED, Observed.RUN);

        check.check(
                changed(
                        table,
                        "",
                        List.of(new CatalogColumn("ibe1802", "string", ""), new CatalogColumn("x", "int", ""))),
                alerts);

        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo(
                        "its type is not given and not EXTERNAL_TABLE; it has no column customer_user_id; it lacks columns of its manifest: ibe1802 (as int, it is string); it has columns that its manifest does not have: x");
    }

    @Test
    void missesColumnsThatFilesDoNotHave() {
        NullCount some = new NullCount(10, OptionalLong.of(0));
        TableContents contents = new TableContents(
                Observed.contents(10).read(),
                List.of(),
                Map.of("customer_user_id", new TableContents.Column(new TreeSet<>(Set.of("string")), 1, some)));

        for (Family family : Family.values()) {
            Alerts own = Observed.alerts();

            check.checkFiles(Observed.table(family), contents, own);

            assertThat(own.all())
                    .as(family.toString())
                    .singleElement()
                    .extracting(Alert::cause)
                    .isEqualTo(
                            "columns cannot be read as they are described: customer_user_id is in the catalog and not in 1 of 1 files, ibe1802 is in the catalog and not in 1 of 1 files");
        }
    }

    /** A column that only earlier snapshots have. */
    @Test
    void letsATableOverSnapshotsKeepColumnsOfOthers() {
        StoredTable table = Observed.stored(Family.PARTITIONED, Observed.RUN);
        List<CatalogColumn> columns = new ArrayList<>(table.columns());
        columns.add(new CatalogColumn("old", "int", ""));
        NullCount some = new NullCount(10, OptionalLong.of(0));
        TableContents contents = new TableContents(
                Observed.contents(10).read(),
                List.of(),
                Map.of(
                        "customer_user_id", new TableContents.Column(new TreeSet<>(Set.of("string")), 0, some),
                        "ibe1802", new TableContents.Column(new TreeSet<>(Set.of("int")), 0, some)));

        check.checkFiles(
                Observed.table(
                        Family.PARTITIONED,
                        with(table, StoredTable.EXTERNAL, columns),
                        Observed.status(Observed.entry(Observed.RUN, 10))),
                contents,
                alerts);

        assertThat(alerts.all()).isEmpty();
    }

    private static ObservedTable changed(StoredTable table, String type, List<CatalogColumn> columns) {
        return Observed.table(
                Family.STAGED, with(table, type, columns), Observed.status(Observed.entry(Observed.RUN, 1_000)));
    }

    private static StoredTable with(StoredTable table, String type, List<CatalogColumn> columns) {
        return new StoredTable(
                table.id(),
                table.version(),
                type,
                table.format(),
                table.description(),
                columns,
                table.partitionKeys(),
                table.location(),
                table.buckets(),
                table.parameters());
    }
}
