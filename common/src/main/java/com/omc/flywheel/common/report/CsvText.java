package com.omc.flywheel.common.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table as the text of a CSV file: RFC 4180, so lines end with CR and LF, and cells are quoted that need it.
 *
 * <p>Names come from others, and a spreadsheet takes a cell for a formula that begins with {@code =}, {@code +},
 * {@code -} or {@code @}, with their full-width forms, or with a tab or the end of a line (OWASP, "CSV Injection"). Such
 * a cell is written with an apostrophe before it, which spreadsheets take for "this is text". Plain numbers, negative
 * ones too, stay as they are.
 */
public final class CsvText {
    private static final Pattern FORMULA =
            Pattern.compile("[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private CsvText() {}

    /** The text: a line with the header, then one for each row, which has a cell for each column of the header. */
    public static String of(List<String> header, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(harmless(header));
            for (List<String> row : rows) {
                if (row.size() != header.size()) {
                    throw new IllegalArgumentException(
                            "%d cells for the %d columns %s".formatted(row.size(), header.size(), header));
                }
                printer.printRecord(harmless(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> harmless(List<String> cells) {
        return cells.stream().map(cell -> isFormula(cell) ? "'" + cell : cell).toList();
    }

    private static boolean isFormula(String cell) {
        return FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches();
    }
}
