package com.omc.flywheel.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The columns that a table-split file names. It is read line by line and only up to the second comma: the quotation marks
 * that mislead readers of CSV come later in a line.
 */
final class MappingColumns {
    private static final String HEADER_START = MappingRow.HEADER.substring(0, MappingRow.HEADER.indexOf(",FUNCTION"));

    private MappingColumns() {}

    /**
     * All columns but the key, in lower case and in the order of the file, each once.
     *
     * @throws IllegalArgumentException when the file is not a mapping; the message names every line at fault
     */
    static List<String> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !withoutMark(lines.get(0)).startsWith(HEADER_START)) {
            throw new IllegalArgumentException("%s: expected a first line %s".formatted(file, MappingRow.HEADER));
        }
        Set<String> columns = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        for (int number = 2; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.isBlank()) {
                continue;
            }
            String[] fields = line.split(",", 3);
            if (fields.length < 2 || fields[1].isBlank()) {
                problems.add("line %d: expected a table and a column, got %s".formatted(number, line));
            } else {
                columns.add(fields[1].strip().toLowerCase(Locale.ROOT));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + String.join("; ", problems));
        }
        columns.remove(MappingRow.KEY);
        return List.copyOf(columns);
    }

    private static String withoutMark(String line) {
        return line.startsWith(MappingRow.BYTE_ORDER_MARK) ? line.substring(1) : line;
    }
}
