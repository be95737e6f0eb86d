package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.RunContent.KeyLimits;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.ArrayList;
import java.util.List;

/** Entries of manifests as a run makes them, and what runs are going to write, for tests. */
final class Manifests {
    static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    static final RunId FIRST = new RunId("20251102T031500Z-00000001");
    static final RunId SECOND = new RunId("20251103T031500Z-00000002");
    static final RunId THIRD = new RunId("20251104T031500Z-00000003");
    static final RunId FIFTH = new RunId("20251106T031500Z-00000005");
    static final RunId FOURTH = new RunId("20251105T031500Z-00000004");

    static final String JOB = "infobase-split-and-bucket";
    static final String FINGERPRINT = "5d41402abc4b2a76";
    static final String MAPPING = "9f86d081884c7d65";
    static final Bucketing BUCKETING = new Bucketing("customer_user_id", 256, Bucketing.HIVE_V1);
    /** What {@link #table} has and no more. */
    static final KeyLimits KEY_LIMITS = new KeyLimits(1, 2);

    static final Written WRITTEN = new Written(268_435_456, "");

    private Manifests() {}

    /** A run of these tables and no others. */
    static RunContent all(SnapshotDate snapshot, String... folders) {
        return new RunContent(
                JOB,
                Layout.CLUSTERED,
                snapshot,
                FINGERPRINT,
                MAPPING,
                BUCKETING,
                WRITTEN,
                KEY_LIMITS,
                List.of(folders),
                false,
                false);
    }

    /** A run of these tables beside those that are there. */
    static RunContent some(SnapshotDate snapshot, String... folders) {
        return new RunContent(
                JOB,
                Layout.CLUSTERED,
                snapshot,
                FINGERPRINT,
                MAPPING,
                BUCKETING,
                WRITTEN,
                KEY_LIMITS,
                List.of(folders),
                true,
                false);
    }

    /** A table of two files, as its tasks report it: without tags. */
    static TableEntry table(String folder, RunId run, SnapshotDate snapshot) {
        return table(folder, run, all(snapshot, folder));
    }

    static TableEntry table(String folder, RunId run, RunContent content) {
        List<FileEntry> files = new ArrayList<>();
        for (int file = 0; file < 2; file++) {
            String key = "%s/%05d-%s.snappy.parquet".formatted(folder, file, run);
            files.add(new FileEntry(key, 100 + file, 10 + file, "", 128 * file, 128 * file + 127));
        }
        return new TableEntry(
                folder,
                folder + "/",
                run,
                content.snapshot(),
                List.of(
                        new ColumnEntry("customer_user_id", "string", "the key"),
                        new ColumnEntry("ibe1802", "decimal(10,2)", "")),
                List.of(),
                "",
                21,
                1,
                2,
                content.bucketing(),
                content.written(),
                files,
                new Source(
                        "s3://lake/in/" + content.snapshot().folderName() + "/",
                        content.sourceFingerprint(),
                        4,
                        4096,
                        List.of("batch")),
                content.mappingSha256(),
                "0.1.0");
    }

    /** What the tasks of a run of this content report. */
    static List<TableEntry> tables(RunContent content, RunId run) {
        return content.folders().stream()
                .map(folder -> table(folder, run, content))
                .toList();
    }
}
