package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.ColumnEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says how a table of a clustered data set is described.
 *
 * <p>It is described without buckets although its rows are clustered by them: a file holds a run of buckets and does not
 * carry Hive's name of one, and a reader that trusted the description would skip rows.
 */
final class StagedTablePlanner {
    static final String ROWS = "flywheel.rows";

    private final String job;
    private final DataSet dataSet;
    private final Manifest manifest;

    StagedTablePlanner(String job, DataSet dataSet, Manifest manifest) {
        this.job = job;
        this.dataSet = dataSet;
        this.manifest = manifest;
    }

    /** The table with every column that the manifest has, in its order. */
    PlannedTable plan(TableEntry table) {
        TableOrigin origin = new TableOrigin(
                job,
                dataSet.root(),
                table.folder(),
                table.snapshotDt(),
                table.runId(),
                table.mappingSha256(),
                table.jarVersion());
        Map<String, String> parameters = new LinkedHashMap<>(origin.parameters());
        parameters.putAll(TableKey.of(dataSet.root(), table).parameters());
        parameters.put(ROWS, Long.toString(table.rows()));
        TableDefinition definition = new TableDefinition(
                origin.comment(),
                table.columns().stream()
                        .map(column -> CatalogColumn.withShortComment(column.name(), column.type(), column.comment()))
                        .toList(),
                List.of(),
                dataSet.root().resolve(manifest.layout().tableFolder(table.folder())),
                Optional.empty(),
                parameters);
        return new PlannedTable(definition, table.rows(), List.of());
    }

    /** The file that stands for the others of a table, which one run wrote. */
    Optional<S3Uri> firstFile(TableEntry table) {
        return table.files().stream().findFirst().map(file -> dataSet.root().resolve(file.key()));
    }

    /**
     * Compares the columns of a file with the manifest's; readers find them by name, so their order may differ.
     *
     * @throws JobFailure CONFLICT naming each that is not the same
     */
    void requireSame(TableEntry table, S3Uri file, List<SourceColumn> columns) {
        Map<String, String> inFile = new LinkedHashMap<>();
        columns.forEach(column -> inFile.put(column.name().value(), column.type()));
        List<String> differences = new ArrayList<>();
        for (ColumnEntry column : table.columns()) {
            String type = inFile.remove(column.name());
            if (type == null) {
                differences.add("%s (%s) is not in the file".formatted(column.name(), column.type()));
            } else if (!type.equals(column.type())) {
                differences.add(
                        "%s is %s in the file and %s in the manifest".formatted(column.name(), type, column.type()));
            }
        }
        inFile.forEach((name, type) -> differences.add("%s (%s) is not in the manifest".formatted(name, type)));
        if (!differences.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "file %s and manifest %s do not have the same columns for table %s: %s; somebody has changed one of them, write the snapshot again with --FORCE true"
                            .formatted(
                                    file,
                                    dataSet.manifest(manifest.snapshotDt()),
                                    table.folder(),
                                    Names.list(differences)));
        }
    }
}
