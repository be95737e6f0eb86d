package com.omc.flywheel.common.parquet;

import com.omc.flywheel.common.columns.SourceColumns;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import org.apache.parquet.schema.MessageType;

/**
 * A snapshot as its footers describe it. All its files have the same columns of the same types.
 *
 * @param folder where it lies
 * @param schema the columns as the first file declares them
 * @param columns the same columns by normalised name, with their compressed bytes in all files
 * @param rows the rows of all files
 * @param fingerprint a SHA-256 over the names, sizes and tags of the files: equal for an unchanged snapshot
 */
public record SourceTable(
        SnapshotFolder folder, MessageType schema, SourceColumns columns, long rows, String fingerprint) {}
