package com.omc.flywheel.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the committed table-split files anew, for instance after a change of {@link MappingLayout}. */
final class WriteMappings {
    static final String WIDE = "omc_flywheel_infobase_table_split_lowercase.csv";
    static final String WIDE_PART = "omc_flywheel_infobase_table_split_part.csv";
    static final String ADDRESSABLE_PART = "omc_flywheel_addressable_ids_table_split_part.csv";

    private static final String LINE_END = "\r\n";

    private WriteMappings() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument, the folder to write to");
        }
        for (Map.Entry<String, String> file : contents().entrySet()) {
            Files.writeString(Path.of(arguments[0]).resolve(file.getKey()), file.getValue());
        }
    }

    /** The text of each file by its name: UTF-8 with a byte order mark and Windows line ends, as exported. */
    static Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        contents.put(WIDE, text(MappingLayout.wide()));
        contents.put(WIDE_PART, text(MappingLayout.widePart()));
        contents.put(ADDRESSABLE_PART, text(MappingLayout.addressablePart()));
        return contents;
    }

    private static String text(List<MappingRow> rows) {
        StringBuilder text = new StringBuilder(MappingRow.BYTE_ORDER_MARK);
        text.append(MappingRow.HEADER).append(LINE_END);
        rows.forEach(row -> text.append(row.line()).append(LINE_END));
        return text.toString();
    }
}
