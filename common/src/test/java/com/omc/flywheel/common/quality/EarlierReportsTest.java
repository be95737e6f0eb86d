package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.quality.NullRateCheck.Earlier;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** By what {@link MonitorJson} writes. */
class EarlierReportsTest {
    private static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    private static final SnapshotDate DECEMBER = SnapshotDate.parse("2025-12-01");
    private static final S3Uri OLD = S3Uri.parse("s3://reports/old.json");
    private static final S3Uri NEW = S3Uri.parse("s3://reports/new.json");
    private static final ObservedTable TABLE = Observed.table(Family.STAGED);

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("reports");
    private final List<Alert> alerts = new ArrayList<>();

    @BeforeEach
    void storeAReportOfNovember() {
        store(NEW, report(Optional.of(NullRates.between(OCTOBER, contents(10, 1), contents(20, 5), drift()))));
    }

    @Test
    void tellWhatTheSnapshotBeforeHad() {
        assertThat(before(DECEMBER)).hasValueSatisfying(before -> {
            assertThat(before.snapshot()).isEqualTo(Observed.NOVEMBER);
            assertThat(before.contents().nulls("ibe1802")).isEqualTo(new NullCount(20, OptionalLong.of(5)));
        });
    }

    /** The report before this one may be of the same snapshot, of which nothing has moved. */
    @Test
    void handOnWhatAReportOfTheSameSnapshotWasComparedWith() {
        assertThat(before(Observed.NOVEMBER)).hasValueSatisfying(before -> {
            assertThat(before.snapshot()).isEqualTo(OCTOBER);
            assertThat(before.contents().nulls("ibe1802")).isEqualTo(new NullCount(10, OptionalLong.of(1)));
        });
        assertThat(before(OCTOBER)).isEmpty();
    }

    @Test
    void keepACountThatIsNotKnownUnknown() {
        TableContents unknown = new TableContents(
                List.of(),
                List.of(),
                Map.of(
                        "ibe1802",
                        new TableContents.Column(new TreeSet<>(), 0, new NullCount(20, OptionalLong.empty()))));
        store(NEW, report(Optional.of(NullRates.first(unknown))));

        assertThat(before(DECEMBER).orElseThrow().contents().nulls("ibe1802").nulls())
                .isEmpty();
    }

    @Test
    void passOverAReportThatCouldNotReadTheTable() {
        store(OLD, report(Optional.of(NullRates.first(contents(10, 1)))));
        store(NEW, report(Optional.empty()));

        assertThat(before(DECEMBER)).isPresent();
        assertThat(alerts).isEmpty();
    }

    @Test
    void tellOfAReportThatIsNotAsItWasWritten() {
        store(OLD, report(Optional.of(NullRates.first(contents(10, 1)))));
        for (String damaged : List.of("no JSON", damagedCount())) {
            alerts.clear();
            store(NEW, damaged);

            assertThat(before(DECEMBER)).isPresent();
            assertThat(alerts).singleElement().satisfies(alert -> {
                assertThat(alert.severity()).isEqualTo(Severity.WARNING);
                assertThat(alert.subject()).isEqualTo(NEW.toString());
                assertThat(alert.next()).isEqualTo("delete it or move it away");
            });
        }
    }

    @Test
    void tellThatTheyMayNotBeListed() {
        EarlierReports none = EarlierReports.read(
                store,
                () -> {
                    throw new JobFailure(FailureKind.ACCESS_DENIED, "s3:ListBucket");
                },
                alerts);

        assertThat(none.before(TABLE.id(), DECEMBER)).isEmpty();
        assertThat(alerts)
                .singleElement()
                .extracting(Alert::cause)
                .isEqualTo("could not be read to compare with: ACCESS_DENIED: s3:ListBucket");
    }

    private static String damagedCount() {
        return report(Optional.of(NullRates.first(contents(10, 1)))).replace("\"nulls\" : 1,", "\"nulls\" : 11,");
    }

    private Optional<Earlier> before(SnapshotDate snapshot) {
        return EarlierReports.read(store, () -> List.of(NEW, OLD), alerts).before(TABLE.id(), snapshot);
    }

    private void store(S3Uri file, String json) {
        store.write(file, json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private static String report(Optional<NullRates> rates) {
        return Observed.report(List.of(), Observed.inspection(TABLE, rates)).json();
    }

    private static BigDecimal drift() {
        return Observed.options().nullRateDrift().value();
    }

    private static TableContents contents(long rows, long nulls) {
        return new TableContents(
                List.of(),
                List.of(),
                Map.of(
                        "ibe1802",
                        new TableContents.Column(new TreeSet<>(), 0, new NullCount(rows, OptionalLong.of(nulls)))));
    }
}
