package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import java.util.List;
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

    private static ObservedTable changed(StoredTable table, String type, List<CatalogColumn> columns) {
        StoredTable other = new StoredTable(
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
        return Observed.table(Family.STAGED, other, Observed.status(Observed.entry(Observed.RUN, 1_000)));
    }
}
