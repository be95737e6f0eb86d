package com.omc.flywheel.common.mapping;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;

/** A mapping in memory that is read and checked. */
final class MappingFile {
    static final S3Uri LOCATION = S3Uri.parse("s3://lake/mapping.csv");
    static final ColumnName KEY = ColumnName.parse("customer_user_id");
    static final String HEADER =
            "OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER\n";

    final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    private int maxColumns = 100;
    private boolean allowDroppedColumns;

    void maxColumns(int columns) {
        maxColumns = columns;
    }

    void allowDroppedColumns() {
        allowDroppedColumns = true;
    }

    /** Reads a file of this content and checks it against a source of these columns. */
    TableMapping check(String content, String... sourceColumns) {
        store.write(LOCATION, content.getBytes(StandardCharsets.UTF_8), "text/csv");
        return MappingCsv.read(store, LOCATION).check(KEY, maxColumns, source(sourceColumns), allowDroppedColumns);
    }

    AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String content, String... sourceColumns) {
        return assertFails(FailureKind.BAD_DATA, () -> check(content, sourceColumns));
    }

    static SourceColumns source(String... names) {
        return SourceColumns.of(Stream.of(names)
                .map(name -> new SourceColumn(ColumnName.parse(name), name, "string", 1))
                .toList());
    }

    static List<String> columns(TableMapping mapping, int table) {
        return mapping.tables().get(table).columnNames().stream()
                .map(ColumnName::value)
                .toList();
    }
}
