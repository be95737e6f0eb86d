package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.quality.KeyCheck.KeyCount;
import com.omc.flywheel.common.quality.OverlapCheck.TableOverlap;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OverlapCheckTest {
    private static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");

    private final List<String> compared = new ArrayList<>();
    private final Alerts alerts = Observed.alerts();

    @Test
    void findsTablesThatShareNoId() {
        List<TableOverlap> overlaps = check(new KeyOverlap(3, 4, 0), ids(Observed.NOVEMBER), attributes());

        assertThat(overlaps)
                .containsExactly(
                        new TableOverlap("lake.ext_addressable_ids", "lake.ext_ibe_01", new KeyOverlap(3, 4, 0)));
        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.ERROR);
            assertThat(alert.cause())
                    .isEqualTo("lake.ext_addressable_ids and lake.ext_ibe_01 share none of their 3 and 4 ids");
        });
    }

    @Test
    void isContentWithSomeSharedIds() {
        assertThat(check(new KeyOverlap(3, 4, 1), ids(Observed.NOVEMBER), attributes()))
                .hasSize(1);
        assertThat(alerts.all()).isEmpty();
    }

    /** The two producers need not deliver on one day. */
    @Test
    void comparesTheNewestIdsOfBothWhateverTheirSnapshots() {
        assertThat(check(new KeyOverlap(3, 4, 1), ids(OCTOBER), attributes())).hasSize(1);
    }

    @Test
    void comparesNoTablesOfTwoFamilies() {
        TableInspection copy = inspection(Family.BUCKETED, Observed.stored(Family.BUCKETED, Observed.RUN));

        assertThat(check(new KeyOverlap(3, 4, 0), ids(Observed.NOVEMBER), copy)).isEmpty();
        assertThat(compared).isEmpty();
    }

    @Test
    void saysOfWhichTablesTheIdsCannotBeCompared() {
        DataReading refusing = reading(() -> {
            throw new JobFailure(FailureKind.BAD_DATA, "the keys of two types");
        });

        assertThat(new OverlapCheck(refusing).check(List.of(ids(Observed.NOVEMBER), attributes()), alerts))
                .isEmpty();
        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo("could not be checked: BAD_DATA: the keys of two types");
    }

    private List<TableOverlap> check(KeyOverlap overlap, TableInspection... inspections) {
        return new OverlapCheck(reading(() -> overlap)).check(List.of(inspections), alerts);
    }

    private DataReading reading(Supplier<KeyOverlap> overlap) {
        return new DataReading() {
            @Override
            public TableContents contents(List<FileSize> files) {
                throw new AssertionError("no footer is read");
            }

            @Override
            public TableKeys keys(String table, TableContents contents) {
                throw new AssertionError("no table is scanned");
            }

            @Override
            public KeyOverlap overlap(TableKeys left, TableKeys right) {
                compared.add(left.table() + " " + right.table());
                return overlap.get();
            }
        };
    }

    private static TableInspection attributes() {
        return inspection(Family.STAGED, Observed.stored(Family.STAGED, Observed.RUN));
    }

    private static TableInspection ids(SnapshotDate snapshot) {
        StoredTable table = Observed.stored(Family.STAGED, Observed.RUN);
        return inspection(
                Family.STAGED,
                new StoredTable(
                        TableId.of("lake", "ext_addressable_ids"),
                        table.version(),
                        table.tableType(),
                        table.format(),
                        table.description(),
                        table.columns(),
                        table.partitionKeys(),
                        table.location(),
                        table.buckets(),
                        new TableOrigin(
                                        Family.STAGED.maker(),
                                        Observed.ROOT,
                                        "addressable_ids",
                                        snapshot,
                                        Observed.RUN,
                                        "",
                                        "1.0")
                                .parameters()));
    }

    private static TableInspection inspection(Family family, StoredTable table) {
        TableKeys keys = new TableKeys(
                table.id().toString(), List.of(), 4, 0, 4, new KeyFingerprint(KeyType.STRING, 4, List.of(1L)));
        return Observed.inspection(Observed.table(family, table, Observed.status(Observed.entry(Observed.RUN, 4))))
                .withKeys(Optional.of(new KeyCount(0, 0, Optional.of(keys))));
    }
}
