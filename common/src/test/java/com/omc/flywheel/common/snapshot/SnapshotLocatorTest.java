package com.omc.flywheel.common.snapshot;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folder {@link SnapshotLocator} takes for the snapshot to read. */
class SnapshotLocatorTest {
    private final Snapshots source = new Snapshots();

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/in/", "s3://lake/in"})
    void findsTheNewestWithAndWithoutATrailingSlash(String path) {
        source.holding(
                "snapshot_dt=2025-10-31/a.parquet",
                "snapshot_dt=2025-11-01/a.parquet",
                "snapshot_dt=2024-12-31/a.parquet");

        SnapshotFolder found = source.locate(S3Uri.parse(path), Optional.empty(), RequireSuccess.AUTO);

        assertThat(found.date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
        assertThat(found.uri()).isEqualTo(S3Uri.parse("s3://lake/in/snapshot_dt=2025-11-01/"));
    }

    @Test
    void findsTheNewestAtTheTopOfABucket() {
        source.store.put("s3://lake/snapshot_dt=2025-11-01/a.parquet", "x");

        SnapshotFolder found = source.locate(S3Uri.parse("s3://lake"), Optional.empty(), RequireSuccess.AUTO);

        assertThat(found.uri()).isEqualTo(S3Uri.parse("s3://lake/snapshot_dt=2025-11-01/"));
    }

    @Test
    void takesTheDateThatIsAskedFor() {
        source.holding("snapshot_dt=2025-10-01/a.parquet", "snapshot_dt=2025-11-01/a.parquet");

        assertThat(source.asked("2025-10-01").uri()).isEqualTo(S3Uri.parse("s3://lake/in/snapshot_dt=2025-10-01/"));
    }

    @Test
    void takesTheDateThatIsAskedForBesideANewerOneThatIsRefused() {
        source.holding("snapshot_dt=2025-10-01/a.parquet", "snapshot_dt=2025-11-31/a.parquet");

        assertThat(source.asked("2025-10-01").date()).isEqualTo(SnapshotDate.parse("2025-10-01"));
    }

    @Test
    void namesTheDatesThatThereAreWhenTheOneAskedForIsAbsent() {
        source.holding(
                "snapshot_dt=2025-10-01/a.parquet", "snapshot_dt=2025-11-01/a.parquet", "snapshot_dt=2025-10-02-old/a");

        assertFails(FailureKind.MISSING_INPUT, () -> source.asked("2025-10-02"))
                .hasMessage(
                        "MISSING_INPUT: there is no folder snapshot_dt=2025-10-02 under s3://lake/in/; --SNAPSHOT_DT names one of: 2025-11-01, 2025-10-01");
    }

    @Test
    void saysWhereItLookedWhenThereIsNone() {
        source.holding("other/a.parquet", "snapshot_dt=2025-11-01.parquet", "temp_snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.MISSING_INPUT, source::newest)
                .hasMessage(
                        "MISSING_INPUT: there is no folder snapshot_dt=YYYY-MM-DD under s3://lake/in/; check --SOURCE_PATH, or whether the producer has run");
    }

    @Test
    void doesNotTakeASourceOfALongerNameForThisOne() {
        source.store.put("s3://lake/in-old/snapshot_dt=2025-11-01/a.parquet", "x");

        assertFails(FailureKind.MISSING_INPUT, source::newest).hasMessageContaining("under s3://lake/in/;");
    }

    @Test
    void namesTheBucketThatDoesNotExist() {
        S3Uri elsewhere = S3Uri.parse("s3://nowhere/in/");

        assertFails(FailureKind.MISSING_INPUT, () -> source.locate(elsewhere, Optional.empty(), RequireSuccess.AUTO))
                .hasMessageContaining("no such bucket")
                .hasMessageContaining("s3://nowhere/in/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snapshot_dt=2025-11-31",
                "snapshot_dt=2025-99-99",
                "snapshot_dt=2025-11-02-backup",
                "snapshot_dt=2025-11-01_old",
                "snapshot_dt=2025-11-1",
                "snapshot_dt=20251102",
                "snapshot_dt=20241101",
                "snapshot_dt=11-30-2025",
                "snapshot_dt=01-11-2024",
                "SNAPSHOT_DT=2025-11-01",
                "snapshot_dt=",
                "snapshot_dt=latest",
                "snapshot_dt=__HIVE_DEFAULT_PARTITION__",
                "SNAPSHOT_DT=2025-11-02",
                "Snapshot_dt=2025-11-02"
            })
    void refusesAndNamesANewestFolderThatIsNoRealDateInTheExactForm(String refused) {
        source.holding("snapshot_dt=2025-11-01/a.parquet", refused + "/a.parquet");

        assertFails(FailureKind.BAD_DATA, source::newest)
                .hasMessage(
                        "BAD_DATA: the newest snapshot folder under s3://lake/in/ is not named snapshot_dt=YYYY-MM-DD for a real date: %s; rename or remove it, or name the snapshot with --SNAPSHOT_DT",
                        refused);
    }

    @Test
    void refusesTheOnlyFolderWhenItIsMisnamed() {
        source.holding("snapshot_dt=2025-02-30/a.parquet");

        assertFails(FailureKind.BAD_DATA, source::newest).hasMessageContaining(": snapshot_dt=2025-02-30;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snapshot_dt=2025-02-30",
                "snapshot_dt=2025-10-01-backup",
                "SNAPSHOT_DT=2025-10-01",
                "snapshot_dt=2025-10",
                "snapshot_dt=2025-11",
                "snapshot_dt=2024-11_old"
            })
    void passesOverAnOlderFolderThatIsMisnamed(String refused) {
        source.holding("snapshot_dt=2025-11-01/a.parquet", refused + "/a.parquet");

        assertThat(source.newest().date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_temporary",
                "metadata",
                "temp_snapshot_dt=2025-11-02",
                "snapshot_dt-2025-11-02",
                "xsnapshot_dt=2025-11-02"
            })
    void passesOverFoldersThatMeanToBeSomethingElse(String other) {
        source.holding("snapshot_dt=2025-11-01/a.parquet", other + "/a.parquet");

        assertThat(source.newest().date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
    }

    @ParameterizedTest
    @CsvSource({"2025-11-05T00:00:00Z,2025-11-06", "2025-11-05T23:59:59Z,2025-11-06", "2025-11-06T00:00:00Z,2025-11-07"
    })
    void takesASnapshotOfTomorrowSinceAProducerEastOfGreenwichIsADayAhead(Instant now, String tomorrow) {
        source.at(now, ZoneOffset.UTC);
        source.holding("snapshot_dt=" + tomorrow + "/a.parquet");

        assertThat(source.newest().date()).isEqualTo(SnapshotDate.parse(tomorrow));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-05T00:00:00Z,2025-11-07,2025-11-06",
        "2025-11-05T23:59:59Z,2025-11-07,2025-11-06",
        "2025-12-31T23:59:59Z,2026-01-02,2026-01-01"
    })
    void refusesASnapshotLaterThanTomorrow(Instant now, String later, String tomorrow) {
        source.at(now, ZoneOffset.UTC);
        source.holding("snapshot_dt=2025-11-01/a.parquet", "snapshot_dt=" + later + "/a.parquet");

        String message =
                "BAD_DATA: snapshot s3://lake/in/snapshot_dt=%s/ is later than tomorrow (%s, UTC); check the producer's date or name another --SNAPSHOT_DT"
                        .formatted(later, tomorrow);
        assertFails(FailureKind.BAD_DATA, source::newest).hasMessage(message);
        assertFails(FailureKind.BAD_DATA, () -> source.asked(later)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "UTC", "America/Los_Angeles"})
    void meansTomorrowInUtcWhereverTheClockStands(String zone) {
        source.at(Instant.parse("2025-11-05T12:00:00Z"), ZoneId.of(zone));
        source.holding("snapshot_dt=2025-11-06/a.parquet");
        assertThat(source.newest().date()).isEqualTo(SnapshotDate.parse("2025-11-06"));

        source.holding("snapshot_dt=2025-11-07/a.parquet");
        assertFails(FailureKind.BAD_DATA, source::newest).hasMessageContaining("later than tomorrow (2025-11-06, UTC)");
    }
}
