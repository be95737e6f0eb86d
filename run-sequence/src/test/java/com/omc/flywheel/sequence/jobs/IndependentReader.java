package com.omc.flywheel.sequence.jobs;

import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads Parquet with DuckDB, which shares no code with what wrote it, and computes Hive's hash in SQL. */
final class IndependentReader implements AutoCloseable {
    /** Hive's hash of an ASCII string: 31 * hash + byte over its bytes, modulo 2^32, the sign bit taken off. */
    private static final String BUCKET =
            """
            CASE WHEN %1$s IS NULL OR %1$s = '' THEN 0 ELSE
              (list_reduce(list_transform(string_split(%1$s, ''), letter -> ord(letter)::BIGINT),
                           (hash, letter) -> (hash * 31 + letter) %% 4294967296) & 2147483647) %% %2$d END""";

    private final Connection connection;

    IndependentReader() throws SQLException {
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Runs a statement, for tests that make their own Parquet. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    /** Rows, and a sum over a hash of all the table's columns: equal for the same rows in any order. */
    String checksum(Path folder, TableEntry table) throws SQLException {
        String columns = table.columns().stream()
                .map(ColumnEntry::name)
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(", "));
        return column("SELECT count(*) || ' rows, hash ' || sum(hash(%s)::HUGEINT) FROM %s"
                        .formatted(columns, parquet(folder)))
                .get(0);
    }

    /** The names and types of a table's columns as DuckDB reads them, names in lower case. */
    List<String> types(Path folder, TableEntry table) throws SQLException {
        String columns = table.columns().stream()
                .map(column -> '"' + column.name() + '"')
                .collect(Collectors.joining(", "));
        return column("SELECT lower(column_name) || ' ' || column_type FROM (DESCRIBE SELECT %s FROM %s)"
                .formatted(columns, parquet(folder)));
    }

    /** The columns of a folder's files, in their order. */
    List<String> columnNames(Path folder) throws SQLException {
        return column("SELECT column_name FROM (DESCRIBE SELECT * FROM %s)".formatted(parquet(folder)));
    }

    /**
     * What is wrong with the placing of a table's rows: rows outside the buckets that the manifest gives their file, and
     * rows before which a larger bucket, or in the same bucket a larger key, stands. Keys are ASCII strings.
     */
    List<String> misplacedRows(Path dataSet, TableEntry table) throws SQLException {
        List<String> overlapping = rangesThatDoNotFollowEachOther(table);
        if (!overlapping.isEmpty()) {
            return overlapping;
        }
        String key = '"' + table.bucketing().column() + '"';
        String ranges = table.files().stream()
                .map(file -> "('%s', %d, %d)".formatted(fileName(file), file.firstBucket(), file.lastBucket()))
                .collect(Collectors.joining(", "));
        return column(
                """
                WITH placed AS (
                  SELECT parse_filename(filename) AS file, file_row_number AS place, %1$s AS key, %2$s AS bucket
                  FROM read_parquet('%3$s/*.parquet', filename = true, file_row_number = true)),
                named(file, first_bucket, last_bucket) AS (VALUES %4$s),
                watched AS (
                  SELECT file, bucket, first_bucket, last_bucket, key,
                         lag(bucket) OVER (PARTITION BY file ORDER BY place) AS bucket_before,
                         lag(key) OVER (PARTITION BY file ORDER BY place) AS key_before
                  FROM placed LEFT JOIN named USING (file))
                SELECT file || ': bucket ' || bucket || ' of ' || first_bucket || '..' || last_bucket FROM watched
                WHERE first_bucket IS NULL OR bucket NOT BETWEEN first_bucket AND last_bucket
                   OR bucket < bucket_before OR (bucket = bucket_before AND key < key_before)
                   OR (bucket = bucket_before AND key IS NULL AND key_before IS NOT NULL)
                LIMIT 5"""
                        .formatted(
                                key,
                                BUCKET.formatted(key, table.bucketing().count()),
                                dataSet.resolve(table.folder()),
                                ranges));
    }

    /** The files' buckets run from the first to the last, each bucket in one file. */
    private static List<String> rangesThatDoNotFollowEachOther(TableEntry table) {
        int next = 0;
        for (FileEntry file : table.files()) {
            if (file.firstBucket() != next) {
                return List.of(file.key() + " begins with bucket " + file.firstBucket() + " instead of " + next);
            }
            next = file.lastBucket() + 1;
        }
        return next == table.bucketing().count() ? List.of() : List.of("the last file ends before bucket " + next);
    }

    /** The row groups of each file of a folder. */
    List<Integer> rowGroupsPerFile(Path folder) throws SQLException {
        return column("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('%s/*.parquet') GROUP BY file_name"
                        .formatted(folder))
                .stream()
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static String parquet(Path folder) {
        return "read_parquet('%s/*.parquet')".formatted(folder);
    }

    private static String fileName(FileEntry file) {
        return file.key().substring(file.key().lastIndexOf('/') + 1);
    }
}
