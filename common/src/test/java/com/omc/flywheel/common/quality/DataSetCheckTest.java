package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.FileCount;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseHolder;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseStatus;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import com.omc.flywheel.common.publish.DataSetStatus.TableFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSetCheckTest {
    private static final TableFiles IN_ORDER = new TableFiles(List.of(), List.of(), List.of());
    private final Alerts alerts = new Alerts(Observed.ROOT.toString());

    @Test
    void findsNothingWhenEveryRunHasEnded() {
        DataSetCheck.check(Observed.status(Observed.entry(Observed.RUN, 1)), Map.of(), alerts);

        assertThat(alerts.all()).isEmpty();
    }

    @Test
    void tellsOfALeaseThatIsOverAndOfTheRunThatLeftItTogether() {
        DataSetCheck.check(
                Observed.status(lease(LeaseState.EXPIRED), List.of(run("PREPARED")), IN_ORDER), Map.of(), alerts);

        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.WARNING);
            assertThat(alert.cause())
                    .contains("run %s has not ended (PREPARED since".formatted(Observed.LATER))
                    .contains("holds a lease and gave no sign of life for 900 s");
            assertThat(alert.next()).contains("--RECOVER_ONLY true");
        });
    }

    @Test
    void tellsOfALeaseThatIsOver() {
        DataSetCheck.check(Observed.status(lease(LeaseState.EXPIRED), List.of(), IN_ORDER), Map.of(), alerts);

        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::next)
                .isEqualTo("see that the run is dead, then run infobase-split-and-bucket with --RECOVER_ONLY true");
    }

    /** Its files may lie beside those that they replace. */
    @Test
    void takesARunThatEndedWhileItBecameVisibleForAnError() {
        DataSetCheck.check(Observed.status(Observed.free(), List.of(run("COMMITTING")), IN_ORDER), Map.of(), alerts);

        assertThat(alerts.all()).singleElement().extracting(Alert::severity).isEqualTo(Severity.ERROR);
    }

    @Test
    void letsARunAtWorkBe() {
        DataSetCheck.check(
                Observed.status(lease(LeaseState.HELD), List.of(run("COMMITTING")), IN_ORDER),
                Map.of(Observed.LATER, List.of("bucketed_ibe_01")),
                alerts);

        assertThat(alerts.all()).isEmpty();
    }

    /** A lease that changes hands is read as damage, and somebody else's damage stays. */
    @Test
    void doesNotHideDamageBehindARunAtWork() {
        DataSetStatus held = Observed.status(lease(LeaseState.HELD), List.of(), IN_ORDER);
        DataSetStatus damaged = new DataSetStatus(
                held.root(),
                held.at(),
                true,
                false,
                held.published(),
                held.lease(),
                held.runs(),
                held.files(),
                held.leftovers(),
                List.of(new DataSetStatus.Damage("the manifest is torn", Optional.empty())));

        DataSetCheck.check(damaged, Map.of(), alerts);

        assertThat(alerts.all()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.WARNING);
            assertThat(alert.cause()).isEqualTo("the manifest is torn");
            assertThat(alert.next()).startsWith("wait: run ");
        });
    }

    @Test
    void excusesNothingByAKilledRunThatWasNeverVisible() {
        assertThat(writer(lease(LeaseState.EXPIRED), "PREPARED")).isEmpty();
        assertThat(writer(lease(LeaseState.HELD), "PREPARED")).isPresent();
        assertThat(writer(lease(LeaseState.EXPIRED), "COMMITTING")).isPresent();
    }

    private static Optional<String> writer(LeaseStatus lease, String state) {
        return Observed.dataSet(Observed.status(lease, List.of(run(state)), IN_ORDER))
                .writer();
    }

    @Test
    void namesVersionsThatHaveNotComeToTheirEnd() {
        DataSetCheck.check(Observed.status(), Map.of(Observed.LATER, List.of("bucketed_ibe_01")), alerts);

        assertThat(alerts.all())
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo("run %s has not ended its versions of bucketed_ibe_01".formatted(Observed.LATER));
    }

    private static LeaseStatus lease(LeaseState state) {
        return new LeaseStatus(
                state,
                Optional.of(new LeaseHolder(
                        Observed.LATER,
                        "infobase-split-and-bucket",
                        "process 1",
                        Instant.EPOCH,
                        Duration.ofSeconds(900),
                        Duration.ofSeconds(1))));
    }

    private static RunStatus run(String state) {
        FileCount none = new FileCount(0, 0);
        return new RunStatus(Observed.LATER, state, Instant.EPOCH, none, none, Fate.UNDONE);
    }
}
