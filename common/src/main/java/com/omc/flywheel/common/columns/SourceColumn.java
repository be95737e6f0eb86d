package com.omc.flywheel.common.columns;

/**
 * One column of a source.
 *
 * @param name its normalised name
 * @param sourceName its name as the source spells it
 * @param type its type as the Glue catalog writes it, for example {@code decimal(10,2)}
 * @param compressedBytes what its column chunks take in all files together, compressed
 */
public record SourceColumn(ColumnName name, String sourceName, String type, long compressedBytes) {}
