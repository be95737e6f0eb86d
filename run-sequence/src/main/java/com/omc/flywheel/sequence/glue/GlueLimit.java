package com.omc.flywheel.sequence.glue;

/**
 * The limits that the catalog enforces, one a row, each with the page of the AWS Glue API reference and the field that
 * states it.
 */
enum GlueLimit {
    BATCH_CREATE_PARTITION(0, 100, Unit.ITEMS, "BatchCreatePartition, PartitionInputList"),
    BATCH_UPDATE_PARTITION(1, 100, Unit.ITEMS, "BatchUpdatePartition, Entries"),
    BATCH_DELETE_PARTITION(0, 25, Unit.ITEMS, "BatchDeletePartition, PartitionsToDelete"),
    BATCH_GET_PARTITION(0, 1000, Unit.ITEMS, "BatchGetPartition, PartitionsToGet"),
    BATCH_DELETE_TABLE(0, 100, Unit.ITEMS, "BatchDeleteTable, TablesToDelete"),
    DATABASES_PAGE(1, 100, Unit.NUMBER, "GetDatabases, MaxResults"),
    TABLES_PAGE(1, 100, Unit.NUMBER, "GetTables, MaxResults"),
    PARTITIONS_PAGE(1, 1000, Unit.NUMBER, "GetPartitions, MaxResults"),
    TABLE_VERSIONS_PAGE(1, 100, Unit.NUMBER, "GetTableVersions, MaxResults"),
    TABLES_EXPRESSION(0, 2048, Unit.CHARACTERS, "GetTables, Expression"),
    SEGMENT_NUMBER(0, 9, Unit.NUMBER, "Segment, SegmentNumber"),
    TOTAL_SEGMENTS(1, 10, Unit.NUMBER, "Segment, TotalSegments"),
    NAME(1, 255, Unit.CHARACTERS, "TableInput, Name; Column, Name; DatabaseInput, Name"),
    COMMENT(0, 255, Unit.CHARACTERS, "Column, Comment"),
    COLUMN_TYPE(0, 131_072, Unit.CHARACTERS, "Column, Type"),
    /** The developer guide says bytes ("not more than 2048 bytes long"), the stricter of the two readings. */
    DESCRIPTION(0, 2048, Unit.BYTES, "TableInput, Description"),
    LOCATION(0, 2056, Unit.CHARACTERS, "StorageDescriptor, Location"),
    DATABASE_LOCATION(1, 1024, Unit.CHARACTERS, "DatabaseInput, LocationUri"),
    FORMAT(0, 128, Unit.CHARACTERS, "StorageDescriptor, InputFormat and OutputFormat"),
    SERDE(1, 255, Unit.CHARACTERS, "SerDeInfo, Name and SerializationLibrary"),
    PARAMETER_KEY(1, 255, Unit.CHARACTERS, "TableInput, Parameters"),
    PARAMETER_VALUE(0, 512_000, Unit.CHARACTERS, "TableInput, Parameters"),
    PARTITION_VALUE(0, 1024, Unit.CHARACTERS, "PartitionInput, Values"),
    TABLE_TYPE(0, 255, Unit.CHARACTERS, "TableInput, TableType"),
    VIEW_TEXT(0, 409_600, Unit.CHARACTERS, "TableInput, ViewOriginalText and ViewExpandedText"),
    VERSION_ID(1, 255, Unit.CHARACTERS, "UpdateTable, VersionId"),
    SORT_ORDER(0, 1, Unit.NUMBER, "Order, SortOrder"),
    NOT_NEGATIVE(0, Integer.MAX_VALUE, Unit.NUMBER, "TableInput, Retention");

    private final int minimum;
    private final int maximum;
    private final Unit unit;
    private final String source;

    GlueLimit(int minimum, int maximum, Unit unit, String source) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.unit = unit;
        this.source = source;
    }

    /** What is counted. */
    enum Unit {
        CHARACTERS,
        BYTES,
        ITEMS,
        NUMBER
    }

    int minimum() {
        return minimum;
    }

    int maximum() {
        return maximum;
    }

    Unit unit() {
        return unit;
    }

    /** Where AWS states it. */
    String source() {
        return "AWS Glue API reference, " + source;
    }
}
