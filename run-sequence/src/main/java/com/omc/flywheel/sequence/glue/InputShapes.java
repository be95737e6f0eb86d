package com.omc.flywheel.sequence.glue;

import java.util.Map;

/** What may be put into the catalog: AWS Glue API reference, the pages of these names. */
final class InputShapes {
    private static final Shape NAME = Shape.singleLine(GlueLimit.NAME);
    private static final Shape NAMES = Shape.list(NAME);

    static final Shape.Structure COLUMN = Shape.structure(
            Map.of(
                    "Name", NAME,
                    "Type", Shape.singleLine(GlueLimit.COLUMN_TYPE),
                    "Comment", Shape.singleLine(GlueLimit.COMMENT),
                    "Parameters", Shape.parameters()),
            "Name");

    private static final Shape.Structure SORT_COLUMN = Shape.structure(
            Map.of("Column", NAME, "SortOrder", Shape.number(GlueLimit.SORT_ORDER)), "Column", "SortOrder");

    static final Shape.Structure SERDE_INFO = Shape.structure(Map.of(
            "Name", Shape.singleLine(GlueLimit.SERDE),
            "SerializationLibrary", Shape.singleLine(GlueLimit.SERDE),
            "Parameters", Shape.parameters()));

    private static final Shape.Structure SKEWED_INFO = Shape.structure(Map.of(
            "SkewedColumnNames", NAMES,
            "SkewedColumnValues", Shape.list(Shape.anything()),
            "SkewedColumnValueLocationMaps", Shape.anything()));

    static final Shape.Structure STORAGE_DESCRIPTOR = Shape.structure(Map.ofEntries(
            Map.entry("Columns", Shape.list(COLUMN)),
            Map.entry("Location", Shape.text(GlueLimit.LOCATION)),
            Map.entry("AdditionalLocations", Shape.list(Shape.text(GlueLimit.LOCATION))),
            Map.entry("InputFormat", Shape.singleLine(GlueLimit.FORMAT)),
            Map.entry("OutputFormat", Shape.singleLine(GlueLimit.FORMAT)),
            Map.entry("Compressed", Shape.flag()),
            Map.entry("NumberOfBuckets", Shape.number()),
            Map.entry("SerdeInfo", SERDE_INFO),
            Map.entry("BucketColumns", NAMES),
            Map.entry("SortColumns", Shape.list(SORT_COLUMN)),
            Map.entry("Parameters", Shape.parameters()),
            Map.entry("SkewedInfo", SKEWED_INFO),
            Map.entry("StoredAsSubDirectories", Shape.flag()),
            Map.entry("SchemaReference", Shape.anything())));

    static final Shape.Structure DATABASE_INPUT = Shape.structure(
            Map.of(
                    "Name", NAME,
                    "Description", Shape.text(GlueLimit.DESCRIPTION),
                    "LocationUri", Shape.text(GlueLimit.DATABASE_LOCATION),
                    "Parameters", Shape.parameters(),
                    "CreateTableDefaultPermissions", Shape.anything(),
                    "TargetDatabase", Shape.anything(),
                    "FederatedDatabase", Shape.anything()),
            "Name");

    static final Shape.Structure TABLE_INPUT = Shape.structure(
            Map.ofEntries(
                    Map.entry("Name", NAME),
                    Map.entry("Description", Shape.text(GlueLimit.DESCRIPTION)),
                    Map.entry("Owner", NAME),
                    Map.entry("LastAccessTime", Shape.number()),
                    Map.entry("LastAnalyzedTime", Shape.number()),
                    Map.entry("Retention", Shape.number(GlueLimit.NOT_NEGATIVE)),
                    Map.entry("StorageDescriptor", STORAGE_DESCRIPTOR),
                    Map.entry("PartitionKeys", Shape.list(COLUMN)),
                    Map.entry("ViewOriginalText", Shape.text(GlueLimit.VIEW_TEXT)),
                    Map.entry("ViewExpandedText", Shape.text(GlueLimit.VIEW_TEXT)),
                    Map.entry("TableType", Shape.text(GlueLimit.TABLE_TYPE)),
                    Map.entry("Parameters", Shape.parameters()),
                    Map.entry("TargetTable", Shape.anything()),
                    Map.entry("ViewDefinition", Shape.anything())),
            "Name");

    static final Shape VALUES = Shape.list(Shape.text(GlueLimit.PARTITION_VALUE));

    static final Shape.Structure VALUE_LIST = Shape.structure(Map.of("Values", VALUES), "Values");

    /** Values are required by the operations, each with an answer of its own. */
    static final Shape.Structure PARTITION_INPUT = Shape.structure(Map.of(
            "Values", VALUES,
            "LastAccessTime", Shape.number(),
            "LastAnalyzedTime", Shape.number(),
            "StorageDescriptor", STORAGE_DESCRIPTOR,
            "Parameters", Shape.parameters()));

    static final Shape.Structure UPDATE_ENTRY = Shape.structure(
            Map.of("PartitionValueList", VALUES, "PartitionInput", PARTITION_INPUT),
            "PartitionValueList",
            "PartitionInput");

    static final Shape.Structure SEGMENT = Shape.structure(
            Map.of(
                    "SegmentNumber", Shape.number(GlueLimit.SEGMENT_NUMBER),
                    "TotalSegments", Shape.number(GlueLimit.TOTAL_SEGMENTS)),
            "SegmentNumber",
            "TotalSegments");

    private InputShapes() {}
}
