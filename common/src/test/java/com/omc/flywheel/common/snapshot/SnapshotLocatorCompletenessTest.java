package com.omc.flywheel.common.snapshot;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link SnapshotLocator} asks of the snapshot that it found. */
class SnapshotLocatorCompletenessTest {
    private final Snapshots source = new Snapshots();

    @Test
    void tellsItsDataFilesInTheOrderOfTheirKeysAndTheirSize() {
        source.store.put("s3://lake/in/snapshot_dt=2025-11-01/part-2.parquet", "12345");
        source.store.put("s3://lake/in/snapshot_dt=2025-11-01/part-1.parquet", "123");

        SnapshotFolder found = source.newest();

        assertThat(found.dataFiles())
                .extracting(StoredObject::uri)
                .extracting(S3Uri::name)
                .containsExactly("part-1.parquet", "part-2.parquet");
        assertThat(found.bytes()).isEqualTo(8);
    }

    @Test
    void needsTheMarkerOnAutoWhenASiblingHasOne() {
        source.holding(
                "snapshot_dt=2025-10-01/_SUCCESS",
                "snapshot_dt=2025-10-01/a.parquet",
                "snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, source::newest)
                .hasMessage(
                        "BAD_DATA: snapshot s3://lake/in/snapshot_dt=2025-11-01/ is unfinished: it has no _SUCCESS, which its producer writes last; wait for the producer, or pass --REQUIRE_SUCCESS false if it writes none");
        assertFails(FailureKind.BAD_DATA, () -> source.asked("2025-11-01")).hasMessageContaining("is unfinished");
    }

    @Test
    void needsTheMarkerOnAutoForAnOlderDateWhenANewerSiblingHasOne() {
        source.holding(
                "snapshot_dt=2025-10-01/a.parquet",
                "snapshot_dt=2025-11-01/_SUCCESS",
                "snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, () -> source.asked("2025-10-01"))
                .hasMessageContaining("snapshot_dt=2025-10-01/ is unfinished");
        assertThat(source.newest().date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
    }

    @Test
    void needsNoMarkerOnAutoWhenNobodyWritesOne() {
        source.holding(
                "snapshot_dt=2025-10-01/a.parquet",
                "snapshot_dt=2025-11-01/a.parquet",
                "snapshot_dt=2025-10-01/deep/_SUCCESS");

        assertThat(source.newest().date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
    }

    @Test
    void needsTheMarkerOnTrueEvenWhenNobodyWritesOne() {
        source.holding("snapshot_dt=2025-11-01/a.parquet", "snapshot_dt=2025-11-01/deep/_SUCCESS");

        assertFails(FailureKind.BAD_DATA, () -> source.newest(RequireSuccess.TRUE))
                .hasMessageContaining("snapshot_dt=2025-11-01/ is unfinished");
    }

    @Test
    void needsNoMarkerOnFalse() {
        source.holding("snapshot_dt=2025-10-01/_SUCCESS", "snapshot_dt=2025-11-01/a.parquet");

        assertThat(source.newest(RequireSuccess.FALSE).date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
    }

    @ParameterizedTest
    @EnumSource(RequireSuccess.class)
    void takesAFinishedSnapshotWhateverIsRequired(RequireSuccess requireSuccess) {
        source.holding("snapshot_dt=2025-11-01/_SUCCESS", "snapshot_dt=2025-11-01/a.parquet");

        assertThat(source.newest(requireSuccess).date()).isEqualTo(SnapshotDate.parse("2025-11-01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"readme.txt", "part-1.csv", "a.PARQUET", "nested/a.parquet", "nested/readme.txt", "a.parquet.tmp"
            })
    void refusesAndNamesWhatIsNoParquetFileDirectlyInTheFolder(String stray) {
        source.holding("snapshot_dt=2025-11-01/a.parquet", "snapshot_dt=2025-11-01/" + stray);

        assertFails(FailureKind.BAD_DATA, source::newest)
                .hasMessage(
                        "BAD_DATA: snapshot s3://lake/in/snapshot_dt=2025-11-01/ holds what is not a Parquet file directly in its folder: %s; readers would take it for data or miss it, so move it away",
                        stray);
    }

    @Test
    void passesOverWhatReadersDoNotSee() {
        source.holding(
                "snapshot_dt=2025-11-01/a.parquet",
                "snapshot_dt=2025-11-01/_SUCCESS",
                "snapshot_dt=2025-11-01/_metadata",
                "snapshot_dt=2025-11-01/.a.parquet.crc",
                "snapshot_dt=2025-11-01/_temporary/0/a.parquet");
        source.store
                .put("s3://lake/in/snapshot_dt=2025-11-01/", "")
                .put("s3://lake/in/snapshot_dt=2025-11-01/nested/", "")
                .put("s3://lake/in/snapshot_dt=2025-11-01/nested_$folder$", "");

        assertThat(source.newest().dataFiles())
                .extracting(StoredObject::uri)
                .containsExactly(S3Uri.parse("s3://lake/in/snapshot_dt=2025-11-01/a.parquet"));
    }

    @Test
    void refusesASnapshotWithoutAParquetFileAndFallsBackToNoOther() {
        source.holding("snapshot_dt=2025-10-01/a.parquet", "snapshot_dt=2025-11-01/.staging/a.parquet");
        assertFails(FailureKind.BAD_DATA, source::newest)
                .hasMessage(
                        "BAD_DATA: snapshot s3://lake/in/snapshot_dt=2025-11-01/ holds no Parquet file; check the producer");

        source.store.put("s3://lake/in/snapshot_dt=2025-11-02/", "");
        assertFails(FailureKind.BAD_DATA, source::newest)
                .hasMessageContaining("snapshot_dt=2025-11-02/ holds no Parquet file");
    }

    @Test
    void neverFallsBackFromAnUnfinishedSnapshotToAnOlderFinishedOne() {
        source.holding(
                "snapshot_dt=2025-10-01/_SUCCESS",
                "snapshot_dt=2025-10-01/a.parquet",
                "snapshot_dt=2025-11-01/a.parquet");

        assertFails(FailureKind.BAD_DATA, source::newest).hasMessageContaining("snapshot_dt=2025-11-01");
        assertThat(source.asked("2025-10-01").date()).isEqualTo(SnapshotDate.parse("2025-10-01"));
    }

    @Test
    void isUnchangedWhenOnlyWhatReadersDoNotSeeWasAdded() {
        source.holding("snapshot_dt=2025-11-01/a.parquet", "snapshot_dt=2025-11-01/b.parquet");
        SnapshotFolder found = source.newest();
        source.holding("snapshot_dt=2025-11-01/_SUCCESS", "snapshot_dt=2025-10-01/a.parquet");

        assertThatCode(() -> source.requireUnchanged(found)).doesNotThrowAnyException();
    }

    @Test
    void isRefusedWhenAFileWasAddedWhileItWasRead() {
        assertChanged(() -> source.holding("snapshot_dt=2025-11-01/c.parquet"));
    }

    @Test
    void isRefusedWhenAFileWasRemovedWhileItWasRead() {
        assertChanged(() -> source.store.delete(List.of(S3Uri.parse("s3://lake/in/snapshot_dt=2025-11-01/b.parquet"))));
    }

    @Test
    void isRefusedWhenAFileWasWrittenAgainInTheSameSizeWhileItWasRead() {
        assertChanged(() -> source.store.put("s3://lake/in/snapshot_dt=2025-11-01/b.parquet", "y"));
    }

    private void assertChanged(Runnable change) {
        source.holding("snapshot_dt=2025-11-01/a.parquet", "snapshot_dt=2025-11-01/b.parquet");
        SnapshotFolder found = source.newest();
        change.run();

        assertFails(FailureKind.CONFLICT, () -> source.requireUnchanged(found))
                .hasMessage(
                        "CONFLICT: the files of s3://lake/in/snapshot_dt=2025-11-01/ changed while the job read them, so its tables may hold a mixture; nothing is published: start it again when the producer has finished");
    }
}
