package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.Holder;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.Bucketing;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Source;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.Manifest.Written;
import com.omc.flywheel.common.publish.OutputCommit;
import com.omc.flywheel.common.publish.PublishingRun;
import com.omc.flywheel.common.publish.RunContent;
import com.omc.flywheel.common.publish.RunContent.KeyLimits;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.publish.WrittenFile;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * A run as a job makes it, by the same calls of the library and with S3A's real committer, but without Spark: two tables
 * of two files in a fraction of a second.
 *
 * @param text what every file holds
 * @param tables the tables that it writes, of {@link #TABLES}
 * @param timeToLive of its lease; a heartbeat comes after a fifth of it
 * @param beforeTasks waited for when the data set is held and nothing is uploaded
 */
record TinyRun(
        ObjectStore store,
        Configuration hadoop,
        DataSet dataSet,
        RunId id,
        SnapshotDate snapshot,
        String text,
        List<String> tables,
        Duration timeToLive,
        Clock clock,
        Runnable beforeTasks) {
    static final List<String> TABLES = List.of("table_one", "table_two");
    static final String JOB = "tiny-run";
    static final SnapshotDate FIRST_DAY = SnapshotDate.parse("2026-01-05");
    static final SnapshotDate SECOND_DAY = SnapshotDate.parse("2026-01-12");

    private static final Bucketing BUCKETING = new Bucketing("id", TinyFiles.PER_TABLE, Bucketing.HIVE_V1);
    private static final Written WRITTEN = new Written(1024, "");
    private static final String MAPPING = "0123456789abcdef";
    /** So long that no heartbeat comes into a run, and calls can be counted. */
    private static final Duration NO_HEARTBEAT = Duration.ofHours(1);

    TinyRun {
        tables = List.copyOf(tables);
    }

    /** A run of all tables that begins now. */
    static TinyRun of(ObjectStore store, Configuration hadoop, DataSet dataSet, String text) {
        return new TinyRun(
                store,
                hadoop,
                dataSet,
                SmallLake.newRun(),
                FIRST_DAY,
                text,
                TABLES,
                NO_HEARTBEAT,
                Clock.systemUTC(),
                () -> {});
    }

    TinyRun at(SnapshotDate day) {
        return new TinyRun(store, hadoop, dataSet, id, day, text, tables, timeToLive, clock, beforeTasks);
    }

    /** The same run of this table alone; the others stay. */
    TinyRun only(String table) {
        return new TinyRun(store, hadoop, dataSet, id, snapshot, text, List.of(table), timeToLive, clock, beforeTasks);
    }

    TinyRun living(Duration time) {
        return new TinyRun(store, hadoop, dataSet, id, snapshot, text, tables, time, clock, beforeTasks);
    }

    /** The same run on a machine whose clock is wrong. */
    TinyRun byClock(Clock wrong) {
        return new TinyRun(store, hadoop, dataSet, id, snapshot, text, tables, timeToLive, wrong, beforeTasks);
    }

    TinyRun through(ObjectStore otherStore) {
        return new TinyRun(otherStore, hadoop, dataSet, id, snapshot, text, tables, timeToLive, clock, beforeTasks);
    }

    TinyRun waitingFor(Runnable event) {
        return new TinyRun(store, hadoop, dataSet, id, snapshot, text, tables, timeToLive, clock, event);
    }

    /** Another run that does the same, without waiting for anything. */
    TinyRun again() {
        return new TinyRun(
                store, hadoop, dataSet, SmallLake.newRun(), snapshot, text, tables, NO_HEARTBEAT, clock, () -> {});
    }

    Manifest publish() {
        try (HeldDataSet held = hold()) {
            held.check(content(), false);
            OutputCommit output = held.output(hadoop);
            try (PublishingRun run = held.begin(content(), false, output)) {
                beforeTasks.run();
                TinyFiles files = new TinyFiles(output, hadoop);
                List<TableEntry> written = new ArrayList<>();
                for (String table : tables) {
                    written.add(entry(table, files.upload(written.size(), table, text)));
                }
                return run.publish(written);
            }
        }
    }

    /** What a job does with RECOVER_ONLY; gives what was recovered. */
    List<String> recoverOnly() {
        try (HeldDataSet held = hold()) {
            return held.recovered();
        }
    }

    private HeldDataSet hold() {
        return new DataSetPublisher(store, dataSet, clock).hold(new Holder(id, JOB, "process of " + text, timeToLive));
    }

    private RunContent content() {
        return new RunContent(
                JOB,
                Layout.CLUSTERED,
                snapshot,
                "fingerprint of " + snapshot,
                MAPPING,
                BUCKETING,
                WRITTEN,
                new KeyLimits(0, 0),
                tables,
                tables.size() < TABLES.size(),
                false);
    }

    private TableEntry entry(String table, List<WrittenFile> files) {
        return new TableEntry(
                table,
                table + "/",
                id,
                snapshot,
                List.of(new ColumnEntry("id", "string", "")),
                List.of(),
                "",
                files.stream().mapToLong(WrittenFile::rows).sum(),
                0,
                0,
                BUCKETING,
                WRITTEN,
                files.stream()
                        .map(file -> new FileEntry(
                                file.key(), file.bytes(), file.rows(), "", file.firstBucket(), file.lastBucket()))
                        .toList(),
                new Source("s3://lake/source/", "fingerprint of " + snapshot, 1, 1, List.of()),
                MAPPING,
                "tests");
    }
}
