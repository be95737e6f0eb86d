package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Map;
import java.util.Optional;

/**
 * The column that a table's rows are placed by, as the parameters of the table say: jobs after the one that registers it go
 * by that.
 *
 * @param column its name, in lower case
 * @param type its type as the catalog writes it
 */
public record TableKey(String column, String type) {
    private static final String COLUMN = "flywheel.key";
    private static final String TYPE = "flywheel.key_type";

    /**
     * The key that a manifest names.
     *
     * @throws JobFailure CONFLICT when the table does not have it
     */
    static TableKey of(S3Uri dataSet, TableEntry table) {
        String column = table.bucketing().column();
        return table.columns().stream()
                .filter(candidate -> candidate.name().equals(column))
                .map(ColumnEntry::type)
                .findFirst()
                .map(type -> new TableKey(column, type))
                .orElseThrow(() -> new JobFailure(
                        FailureKind.CONFLICT,
                        "the manifest of %s places the rows of table %s by %s and names no such column in it; write snapshot %s again with --FORCE true"
                                .formatted(dataSet, table.folder(), column, table.snapshotDt())));
    }

    /** The key that a table names; empty when it names none. */
    public static Optional<TableKey> of(StoredTable table) {
        String column = table.parameters().get(COLUMN);
        String type = table.parameters().get(TYPE);
        return column == null || type == null ? Optional.empty() : Optional.of(new TableKey(column, type));
    }

    Map<String, String> parameters() {
        return Map.of(COLUMN, column, TYPE, type);
    }
}
