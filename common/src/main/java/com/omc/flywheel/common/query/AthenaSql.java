package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of statements as Athena reads them: names are validated types and are quoted wherever Athena takes quotes, so
 * that a reserved word is a name like any other.
 */
final class AthenaSql {
    // Amazon Athena API reference, StartQueryExecution, QueryString.
    private static final int LONGEST_BYTES = 262_144;

    private AthenaSql() {}

    /**
     * Renders a statement.
     *
     * @throws JobFailure ENVIRONMENT when the text is longer than Athena takes
     */
    static String render(Statement statement) {
        String text;
        if (statement instanceof CreateTableAs create) {
            text = createTableAs(create);
        } else if (statement instanceof RepairTable repair) {
            text = repairTable(repair.table());
        } else {
            throw new IllegalArgumentException("no text is known for " + statement);
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_BYTES) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "the statement for the table %s has %d bytes, of which Athena takes %d; give the table fewer columns or use --ENGINE spark"
                            .formatted(statement.table(), bytes, LONGEST_BYTES));
        }
        return text;
    }

    /** "CREATE TABLE AS", Amazon Athena user guide: it knows no comment, and takes no quotes around the new name. */
    private static String createTableAs(CreateTableAs create) {
        if (create.columns().isEmpty()) {
            throw new IllegalArgumentException("a table without columns: " + create.table());
        }
        List<String> properties = new ArrayList<>(List.of(
                "format = 'PARQUET'",
                "write_compression = 'SNAPPY'",
                "external_location = " + literal(create.location().toString())));
        create.buckets().ifPresent(buckets -> {
            properties.add("bucketed_by = ARRAY[%s]".formatted(literal(bucketColumn(create, buckets))));
            properties.add("bucket_count = " + bucketCount(create, buckets));
        });
        return "CREATE TABLE %s.%s WITH (%s) AS SELECT %s FROM %s.%s%s"
                .formatted(
                        create.table().database(),
                        create.table().table(),
                        String.join(", ", properties),
                        create.columns().stream().map(AthenaSql::selected).collect(Collectors.joining(", ")),
                        quoted(create.source().database().value()),
                        quoted(create.source().table().value()),
                        create.snapshot().map(AthenaSql::onlyOf).orElse(""));
    }

    /** "MSCK REPAIR TABLE", Amazon Athena user guide; a statement of Hive's language, which quotes by backticks. */
    private static String repairTable(TableId table) {
        return "MSCK REPAIR TABLE `%s`.`%s`".formatted(table.database(), table.table());
    }

    private static String bucketColumn(CreateTableAs create, Buckets buckets) {
        ColumnName column = new ColumnName(buckets.column());
        if (create.columns().stream().noneMatch(selected -> selected.name().equals(column))) {
            throw new IllegalArgumentException(
                    "the table %s has no column %s to be bucketed by".formatted(create.table(), column));
        }
        return column.value();
    }

    private static int bucketCount(CreateTableAs create, Buckets buckets) {
        if (buckets.count() < 1) {
            throw new IllegalArgumentException(
                    "%d buckets for the table %s".formatted(buckets.count(), create.table()));
        }
        return buckets.count();
    }

    /** A date compared with a date: a partition key of that type is no text to Athena. */
    private static String onlyOf(SnapshotDate snapshot) {
        return " WHERE %s = DATE %s".formatted(quoted(SnapshotDate.COLUMN), literal(snapshot.toString()));
    }

    private static String selected(SelectedColumn column) {
        String source = quoted(column.source().value());
        return column.source().equals(column.name())
                ? source
                : source + " AS " + quoted(column.name().value());
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
