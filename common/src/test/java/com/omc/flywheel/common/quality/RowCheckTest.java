package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowCheckTest {
    private final Alerts alerts = Observed.alerts();

    /** Defect B33: a table was compared with itself, so whatever it had was right. */
    @Test
    void comparesACopyWithTheManifestOfWhatItIsACopyOf() {
        ObservedTable copy = Observed.table(
                Family.BUCKETED,
                Observed.stored(Family.BUCKETED, Observed.RUN),
                Observed.status(Observed.entry(Observed.RUN, 1_001)));

        check("0").check(copy, Optional.empty(), Optional.of(Observed.contents(1_000)), alerts);

        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.check()).isEqualTo(MonitorCheck.ROWS);
            assertThat(alert.cause())
                    .isEqualTo("its files hold 1,000 rows, the manifest of %s 1,001".formatted(Observed.ROOT));
            assertThat(alert.next())
                    .isEqualTo(
                            "run create-athena-bucketed-tables --STAGED_DB lake --STAGED_PREFIX ext_ --FINAL_DB lake --TABLE_PREFIX bucketed_ --BUCKET_COL customer_user_id --BUCKET_COUNT 8 --BUCKETED_BASE s3://lake/bucketed/ --TABLES_FILTER ibe_01 --FORCE true");
        });
    }

    @Test
    void believesNoTableThatSaysThatItHasOtherRows() {
        check("0")
                .check(
                        Observed.table(
                                Family.BUCKETED,
                                Observed.stored(Family.BUCKETED, Observed.RUN),
                                Observed.status(Observed.entry(Observed.RUN, 999))),
                        Optional.empty(),
                        Optional.empty(),
                        alerts);

        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .asString()
                .startsWith("it says that it has 1,000 rows, the manifest of");
    }

    @Test
    void comparesATableOverSnapshotsWithTheClusteredOneOfTheSameSnapshot() {
        check("0")
                .check(
                        Observed.table(Family.PARTITIONED),
                        Optional.of(Observed.entry(Observed.LATER, 900)),
                        Optional.of(Observed.contents(1_000)),
                        alerts);

        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo("its files hold 1,000 rows, the clustered table of this snapshot 900");
    }

    @Test
    void toleratesWhatItIsToldToAndNoRowMore() {
        check("1").check(Observed.table(Family.STAGED), Optional.empty(), Optional.of(Observed.contents(990)), alerts);
        assertThat(alerts.all()).isEmpty();

        check("1").check(Observed.table(Family.STAGED), Optional.empty(), Optional.of(Observed.contents(989)), alerts);
        assertThat(alerts.all()).hasSize(1);
    }

    /** Which run described it does not matter to the files that are looked at. */
    @Test
    void comparesATableThatAnotherRunDescribedWithTheManifestOfItsFiles() {
        ObservedTable outdated = Observed.table(
                Family.PARTITIONED,
                Observed.stored(Family.PARTITIONED, Observed.RUN),
                Observed.status(Observed.entry(Observed.LATER, 1_000)));

        check("0").check(outdated, Optional.empty(), Optional.of(Observed.contents(999)), alerts);

        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo("its files hold 999 rows, the manifest of %s 1,000".formatted(Observed.ROOT));
    }

    private static RowCheck check(String tolerance) {
        return new RowCheck(Percent.parse(tolerance), Observed.next());
    }
}
