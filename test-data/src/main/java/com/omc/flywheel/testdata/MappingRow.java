package com.omc.flywheel.testdata;

/**
 * One row of a table-split file: a table of ours gets a column of the wide table.
 *
 * @param description the column's meaning, without quotation marks
 * @param quotation how the export writes the description
 * @param sourceColumn the column's name in the producer's system
 * @param elementNumber the column's number there; empty for the key
 */
record MappingRow(
        String table,
        String column,
        String description,
        Quotation quotation,
        String sourceColumn,
        String elementNumber) {

    static final String HEADER =
            "OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER";
    static final String BYTE_ORDER_MARK = "\uFEFF";
    static final String KEY = "customer_user_id";

    enum Quotation {
        /** As it is. */
        NONE,
        /** Between two marks, as a description with a comma has to be. */
        BALANCED,
        /** One mark in front and none behind: a lenient reader goes on until the next mark of the file. */
        UNBALANCED
    }

    MappingRow {
        boolean comma = description.indexOf(',') >= 0;
        if (comma != (quotation == Quotation.BALANCED)) {
            throw new IllegalArgumentException(
                    "a comma needs balanced quotation marks and only a comma: " + description);
        }
    }

    String line() {
        String written =
                switch (quotation) {
                    case NONE -> description;
                    case BALANCED -> '"' + description + '"';
                    case UNBALANCED -> '"' + description;
                };
        return String.join(",", table, column, written, sourceColumn, elementNumber);
    }

    MappingRow inTable(String newTable) {
        return new MappingRow(newTable, column, description, quotation, sourceColumn, elementNumber);
    }
}
