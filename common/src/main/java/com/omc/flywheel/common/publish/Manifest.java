package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a data set holds of one snapshot: counts, sizes and names, never a cell or a key.
 *
 * @param formatVersion {@link #FORMAT_VERSION}; a reader refuses any other
 * @param job the job that writes this data set
 * @param layout where files lie
 * @param snapshotDt the snapshot
 * @param runId the run that wrote this manifest
 * @param finishedAt when it did
 * @param tables in the order of their folders
 * @param superseded files of this snapshot that runs have replaced and that are still there, since the catalog may yet
 *     name them; always empty when it is clustered
 */
public record Manifest(
        int formatVersion,
        String job,
        Layout layout,
        SnapshotDate snapshotDt,
        RunId runId,
        Instant finishedAt,
        List<TableEntry> tables,
        List<Superseded> superseded) {
    public static final int FORMAT_VERSION = 3;

    public Manifest {
        tables = List.copyOf(tables);
        superseded = List.copyOf(superseded);
    }

    /** The rows of the first table, and of every other one of its snapshot; 0 without tables. */
    public long rows() {
        return tables.isEmpty() ? 0 : tables.get(0).rows();
    }

    /** The same manifest with these tables. */
    Manifest withTables(List<TableEntry> otherTables) {
        return new Manifest(formatVersion, job, layout, snapshotDt, runId, finishedAt, otherTables, superseded);
    }

    /** The same tables, with fewer files of versions before. */
    Manifest withSuperseded(RunId run, Instant at, List<Superseded> kept) {
        return new Manifest(formatVersion, job, layout, snapshotDt, run, at, tables, kept);
    }

    /** The keys of all files of the tables, from the root of the data set. */
    List<String> keys() {
        return keys(tables);
    }

    /** The keys of all files that replaced versions have left, from the root of the data set. */
    List<String> supersededKeys() {
        return superseded.stream().flatMap(version -> version.keys().stream()).toList();
    }

    static List<String> keys(List<TableEntry> tables) {
        return tables.stream()
                .flatMap(table -> table.files().stream())
                .map(FileEntry::key)
                .toList();
    }

    /** The files of all tables. */
    List<FileEntry> files() {
        return tables.stream().flatMap(table -> table.files().stream()).toList();
    }

    public Optional<TableEntry> table(String folder) {
        return tables.stream().filter(table -> table.folder().equals(folder)).findFirst();
    }

    /**
     * One table.
     *
     * @param folder its name, which its folder under the data set has too, where it has one
     * @param location where its files lie, from the root of the data set, with a slash at its end
     * @param runId the run that wrote its files
     * @param snapshotDt the snapshot that its files hold
     * @param columns in the order of the files, the key first
     * @param partitionKeys what the folders below the table's are named by; empty when it is clustered
     * @param columnBudget what to leave off the Clean Rooms allowlist; empty when every column fits on it
     * @param rows as many as the source has
     * @param nullKeys rows without a key
     * @param duplicateKeys rows whose key another row before them has
     * @param bucketing how rows were placed
     * @param written how its files were written
     * @param files in the order of their buckets
     * @param source where the rows came from
     * @param mappingSha256 the checksum of the mapping; empty when there was none
     * @param jarVersion the version of the program
     */
    public record TableEntry(
            String folder,
            String location,
            RunId runId,
            SnapshotDate snapshotDt,
            List<ColumnEntry> columns,
            List<ColumnEntry> partitionKeys,
            String columnBudget,
            long rows,
            long nullKeys,
            long duplicateKeys,
            Bucketing bucketing,
            Written written,
            List<FileEntry> files,
            Source source,
            String mappingSha256,
            String jarVersion) {
        public TableEntry {
            columns = List.copyOf(columns);
            partitionKeys = List.copyOf(partitionKeys);
            files = List.copyOf(files);
        }

        public long bytes() {
            return files.stream().mapToLong(FileEntry::bytes).sum();
        }

        /** The same table with these files. */
        TableEntry withFiles(List<FileEntry> otherFiles) {
            return new TableEntry(
                    folder,
                    location,
                    runId,
                    snapshotDt,
                    columns,
                    partitionKeys,
                    columnBudget,
                    rows,
                    nullKeys,
                    duplicateKeys,
                    bucketing,
                    written,
                    otherFiles,
                    source,
                    mappingSha256,
                    jarVersion);
        }
    }

    /**
     * A column.
     *
     * @param type as the Glue catalog writes it
     * @param comment what the mapping says of it; may be empty
     */
    public record ColumnEntry(String name, String type, String comment) {}

    /**
     * Files of a table that a run has replaced.
     *
     * @param folder the table
     * @param location where they lie, from the root of the data set
     * @param replacedBy the run
     * @param keys all of them, from the root of the data set
     */
    public record Superseded(String folder, String location, RunId replacedBy, List<String> keys) {
        public Superseded {
            keys = List.copyOf(keys);
        }
    }

    /** Rows are placed by the hash of this column, modulo the count; within a bucket they are sorted by it. */
    public record Bucketing(String column, int count, String hash) {
        /** Hive bucketing, version 1. */
        public static final String HIVE_V1 = "hive-v1";
        /** xxHash, 64 bits, with the seed 42: Spark's {@code xxhash64}. */
        public static final String XXHASH64 = "xxhash64";
    }

    /**
     * The arguments that change files and not what is in them.
     *
     * @param targetFileBytes the size that was aimed for per file
     * @param kmsKeyId the key they are encrypted with; empty for the bucket's default
     */
    public record Written(long targetFileBytes, String kmsKeyId) {}

    /**
     * One file.
     *
     * @param key where it lies, from the root of the data set
     * @param etag the store's tag of its content
     * @param firstBucket the first bucket in it
     * @param lastBucket the last bucket in it
     */
    public record FileEntry(String key, long bytes, long rows, String etag, int firstBucket, int lastBucket) {
        /** The same file with the tag that the store gave it. */
        FileEntry withEtag(String storedEtag) {
            return new FileEntry(key, bytes, rows, storedEtag, firstBucket, lastBucket);
        }
    }

    /**
     * A snapshot that was read.
     *
     * @param path its folder
     * @param fingerprint a checksum over its files' names, sizes and tags
     * @param files how many
     * @param bytes their size
     * @param droppedColumns the columns that no table has, since the caller allowed it
     */
    public record Source(String path, String fingerprint, int files, long bytes, List<String> droppedColumns) {
        public Source {
            droppedColumns = List.copyOf(droppedColumns);
        }
    }
}
