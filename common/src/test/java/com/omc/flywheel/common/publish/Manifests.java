package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.ArrayList;
import java.util.List;

/** Entries of manifests as a run makes them, for tests. */
final class Manifests {
    static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    static final RunId FIRST = new RunId("20251102T031500Z-00000001");
    static final RunId SECOND = new RunId("20251103T031500Z-00000002");

    static final String JOB = "infobase-split-and-bucket";
    static final String FINGERPRINT = "5d41402abc4b2a76";
    static final Bucketing BUCKETING = new Bucketing("customer_user_id", 256, Bucketing.HIVE_V1);

    private Manifests() {}

    /** A table of two files, as its tasks report it: without tags. */
    static TableEntry table(String folder, RunId run, SnapshotDate snapshot) {
        List<FileEntry> files = new ArrayList<>();
        for (int file = 0; file < 2; file++) {
            String key = "%s/%05d-%s.snappy.parquet".formatted(folder, file, run);
            files.add(new FileEntry(key, 100 + file, 10 + file, "", 128 * file, 128 * file + 127));
        }
        return new TableEntry(
                folder,
                run,
                snapshot,
                List.of(new ColumnEntry("customer_user_id", "string"), new ColumnEntry("ibe1802", "decimal(10,2)")),
                21,
                1,
                2,
                BUCKETING,
                files,
                new Source("s3://lake/in/" + snapshot.folderName() + "/", FINGERPRINT, 4, 4096, List.of("batch")),
                "9f86d081884c7d65",
                "0.1.0");
    }
}
