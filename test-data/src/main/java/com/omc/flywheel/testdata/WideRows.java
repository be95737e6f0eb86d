package com.omc.flywheel.testdata;

import java.time.LocalDate;
import java.util.List;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.schema.MessageType;

/** The wide table of one snapshot: one row for each person of the population. */
final class WideRows implements TableRows {
    private final Population population;
    private final KeyFaults keyFaults;
    private final long snapshotDay;
    private final List<WideColumn> columns;
    private final MessageType schema;

    WideRows(WideTable table, Population population, LocalDate snapshot, KeyFaults keyFaults) {
        this.population = population;
        this.keyFaults = keyFaults;
        this.snapshotDay = snapshot.toEpochDay();
        this.columns = table.columns();
        this.schema = table.schema();
    }

    @Override
    public int count() {
        return population.size();
    }

    @Override
    public MessageType schema() {
        return schema;
    }

    @Override
    public void write(int column, int from, int to, ColumnWriter writer) {
        if (column == 0) {
            writeKeys(from, to, writer);
        } else {
            columns.get(column - 1).write(population, from, to, snapshotDay, writer);
        }
    }

    private void writeKeys(int from, int to, ColumnWriter writer) {
        for (int row = from; row < to; row++) {
            if (keyFaults.hasNoKey(row)) {
                writer.writeNull(0, 0);
            } else {
                long person = population.person(keyFaults.rowOfKey(row));
                writer.write(population.key(person), ColumnValues.REPETITION, ColumnValues.DEFINITION);
            }
        }
    }
}
