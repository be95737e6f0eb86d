package com.omc.flywheel.common.snapshot;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotChoice.Chosen;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotChoiceTest {
    private static final S3Uri WIDE = S3Uri.parse("s3://lake/wide/");
    private static final S3Uri IDS = S3Uri.parse("s3://lake/ids/");
    private static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    private static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    private static final boolean MIXED = true;

    private final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    private RequireSuccess requireSuccess = RequireSuccess.AUTO;

    @Test
    void choosesTheNewestThatAllSourcesHave() {
        holding("wide/snapshot_dt=2025-10-01/a.parquet", "wide/snapshot_dt=2025-11-01/a.parquet");
        holding("wide/snapshot_dt=2025-11-01/b.parquet", "ids/snapshot_dt=2025-11-01/a.parquet");

        assertThat(newest())
                .isEqualTo(new Chosen(
                        NOVEMBER,
                        List.of(new SourceSnapshot(WIDE, NOVEMBER, 2, 10), new SourceSnapshot(IDS, NOVEMBER, 1, 5))));
    }

    @Test
    void choosesTheOneThatIsAskedForAndTellsTheNewest() {
        holding("wide/snapshot_dt=2025-10-01/a.parquet", "wide/snapshot_dt=2025-11-01/a.parquet");
        holding("ids/snapshot_dt=2025-10-01/a.parquet");

        assertThat(asked(OCTOBER))
                .isEqualTo(new Chosen(
                        OCTOBER,
                        List.of(new SourceSnapshot(WIDE, NOVEMBER, 1, 5), new SourceSnapshot(IDS, OCTOBER, 1, 5))));
    }

    @Test
    void reportsWhatEverySourceLacksOfTheOneThatIsAskedFor() {
        holding("wide/snapshot_dt=2025-10-01/a.parquet");
        holding("ids/snapshot_dt=2025-10-01/_SUCCESS", "ids/snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.MISSING_INPUT, () -> asked(NOVEMBER))
                .hasMessage(
                        """
                        MISSING_INPUT: 2 of 2 sources have no snapshot that can be read:
                          - MISSING_INPUT: there is no folder snapshot_dt=2025-11-01 under s3://lake/wide/; --SNAPSHOT_DT names one of: 2025-10-01
                          - BAD_DATA: snapshot s3://lake/ids/snapshot_dt=2025-11-01/ is unfinished: it has no _SUCCESS, which its producer writes last; wait for the producer, or pass --REQUIRE_SUCCESS false if it writes none""");
    }

    @Test
    void reportsTheFailureOfTheOnlySourceThatFailsAsItIs() {
        holding("wide/snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.MISSING_INPUT, this::newest)
                .hasMessage(
                        "MISSING_INPUT: there is no folder snapshot_dt=YYYY-MM-DD under s3://lake/ids/; check --SOURCE_PATHS, or whether the producer has run");
    }

    @Test
    void refusesSourcesWhoseNewestSnapshotsDiffer() {
        holding("wide/snapshot_dt=2025-10-01/a.parquet", "wide/snapshot_dt=2025-11-01/a.parquet");
        holding("ids/snapshot_dt=2025-10-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, this::newest)
                .hasMessage(
                        """
                        BAD_DATA: the newest snapshots of the sources differ, and all steps of a run read one; wait until the producer has written the missing ones, or name one that all have by --SNAPSHOT_DT, or pass --ALLOW_MIXED_SNAPSHOTS true for the newest that all have (now 2025-10-01):
                          - s3://lake/wide/: newest 2025-11-01
                          - s3://lake/ids/: newest 2025-10-01""");
    }

    @Test
    void saysThatNoSnapshotIsInAllWhenTheyDifferAltogether() {
        holding("wide/snapshot_dt=2025-11-01/a.parquet", "ids/snapshot_dt=2025-10-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, this::newest).hasMessageContaining("that all have (now there is none):");
    }

    @Test
    void choosesTheNewestThatEverySourceHasWhenTheyMayDiffer() {
        holding("wide/snapshot_dt=2025-10-01/a.parquet", "wide/snapshot_dt=2025-10-15/a.parquet");
        holding("wide/snapshot_dt=2025-09-01/a.parquet");
        holding("ids/snapshot_dt=2025-11-01/a.parquet", "ids/snapshot_dt=2025-10-01/a.parquet");
        holding("ids/snapshot_dt=2025-09-01/a.parquet");

        assertThat(newest(MIXED))
                .isEqualTo(new Chosen(
                        OCTOBER,
                        List.of(
                                new SourceSnapshot(WIDE, SnapshotDate.parse("2025-10-15"), 1, 5),
                                new SourceSnapshot(IDS, NOVEMBER, 1, 5))));
    }

    @Test
    void doesNotLookIntoNewerOnesWhenTheyMayDiffer() {
        holding("wide/snapshot_dt=2025-10-01/_SUCCESS", "wide/snapshot_dt=2025-10-01/a.parquet");
        holding("wide/snapshot_dt=2025-11-01/unfinished.parquet", "ids/snapshot_dt=2025-10-01/a.parquet");

        assertThat(newest(MIXED).date()).isEqualTo(OCTOBER);
    }

    @Test
    void fallsBackToNoneThatIsOlderThanAnUnfinishedOneOfAll() {
        holding("wide/snapshot_dt=2025-10-01/_SUCCESS", "wide/snapshot_dt=2025-10-01/a.parquet");
        holding("wide/snapshot_dt=2025-11-01/a.parquet");
        holding("ids/snapshot_dt=2025-10-01/a.parquet", "ids/snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, () -> newest(MIXED))
                .hasMessageStartingWith("BAD_DATA: snapshot s3://lake/wide/snapshot_dt=2025-11-01/ is unfinished");
        requireSuccess = RequireSuccess.FALSE;
        assertThat(newest(MIXED).date()).isEqualTo(NOVEMBER);
    }

    @Test
    void refusesSourcesThatHaveNoSnapshotInCommonThoughTheyMayDiffer() {
        holding("wide/snapshot_dt=2025-11-01/a.parquet", "wide/snapshot_dt=2025-09-01/a.parquet");
        holding("ids/snapshot_dt=2025-10-01/a.parquet");

        assertFails(FailureKind.MISSING_INPUT, () -> newest(MIXED))
                .hasMessage(
                        """
                        MISSING_INPUT: no snapshot is in every source; wait until the producer has written the missing ones, or check --SOURCE_PATHS:
                          - s3://lake/wide/: has 2025-11-01, 2025-09-01
                          - s3://lake/ids/: has 2025-10-01""");
    }

    @Test
    void refusesAMisnamedNewestOneThoughTheyMayDiffer() {
        holding("wide/snapshot_dt=2025-10-01/a.parquet", "wide/snapshot_dt=20251101/a.parquet");
        holding("ids/snapshot_dt=2025-10-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, () -> newest(MIXED))
                .hasMessageContaining("the newest snapshot folder under s3://lake/wide/ is not named");
    }

    @Test
    void neitherTakesNorTellsOneThatIsLaterThanTomorrow() {
        holding("wide/snapshot_dt=2025-11-01/a.parquet", "wide/snapshot_dt=2099-01-01/a.parquet");
        holding("ids/snapshot_dt=2025-11-01/a.parquet", "ids/snapshot_dt=2099-01-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, () -> newest(MIXED)).hasMessageContaining("is later than tomorrow");
        assertThat(asked(NOVEMBER).sources()).extracting(SourceSnapshot::newest).containsExactly(NOVEMBER, NOVEMBER);
    }

    @Test
    void isOfTheKindThatStartingAgainDoesNotMendWhenThereIsOne() {
        holding("ids/snapshot_dt=2025-10-01/a.parquet");
        store.failCall(1, new JobFailure(FailureKind.SERVICE, "s3:ListBucket on s3://lake/wide/: no answer"));

        assertFails(FailureKind.MISSING_INPUT, () -> asked(NOVEMBER))
                .hasMessageContaining("2 of 2 sources")
                .hasMessageContaining("SERVICE: s3:ListBucket on s3://lake/wide/: no answer");
    }

    @Test
    void isWorthStartingAgainWhenNoSourceAnswers() {
        store.failCall(1, new JobFailure(FailureKind.SERVICE, "no answer"));
        store.failCall(2, new JobFailure(FailureKind.SERVICE, "no answer either"));

        assertFails(FailureKind.SERVICE, this::newest).hasMessageContaining("no answer either");
    }

    private void holding(String... keys) {
        for (String key : keys) {
            store.put("s3://lake/" + key, "12345");
        }
    }

    private Chosen newest() {
        return newest(!MIXED);
    }

    private Chosen newest(boolean allowMixed) {
        return choose(Optional.empty(), allowMixed);
    }

    private Chosen asked(SnapshotDate date) {
        return choose(Optional.of(date), !MIXED);
    }

    private Chosen choose(Optional<SnapshotDate> asked, boolean allowMixed) {
        Clock clock = Clock.fixed(Instant.parse("2025-11-05T12:00:00Z"), ZoneOffset.UTC);
        return new SnapshotChoice(new SnapshotLocator(store, clock, "--SOURCE_PATHS"), requireSuccess, allowMixed)
                .choose(List.of(WIDE, IDS), asked);
    }
}
