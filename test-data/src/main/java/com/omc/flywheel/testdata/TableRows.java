package com.omc.flywheel.testdata;

import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.MessageType;

/** The rows of one table in one snapshot, by position. Any thread may write any of them, in any order. */
interface TableRows {
    int count();

    MessageType schema();

    /** Writes one column, a field of the schema by its position, of the rows from {@code from} to before {@code to}. */
    void write(int column, int from, int to, ColumnWriter writer);
}
