package com.omc.flywheel.common.mapping;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The lines of a mapping, one record each.
 *
 * <p>A record never spans lines: descriptions with an unbalanced quotation mark are common in the real file, and a
 * reader that lets a quoted field run on then swallows every line up to the next mark. So each line is parsed by
 * itself, first with quotation marks as CSV has them; where that does not give as many fields as the header has, with
 * quotation marks as plain characters; where that does not either, the line is a problem.
 *
 * @param rows the lines that hold a table and a column, in their order
 * @param problems by line number
 */
record MappingLines(List<Row> rows, Map<Integer, String> problems) {
    static final String TABLE = "OMC_FLYWHEEL_TABLE";
    static final String COLUMN = "OMC_FLYWHEEL_COLUMN";
    static final String DESCRIPTION = "FUNCTION_DESCRIPTION";

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final CSVFormat WITH_QUOTES =
            CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).build();
    private static final CSVFormat WITHOUT_QUOTES =
            WITH_QUOTES.builder().setQuote(null).build();

    record Row(int line, String table, String column, String description) {}

    static MappingLines parse(byte[] content, S3Uri location) {
        List<String> lines = decode(content, location).lines().toList();
        List<String> header =
                lines.isEmpty() ? List.of() : fields(lines.get(0), WITH_QUOTES).orElse(List.of());
        int table = header.indexOf(TABLE);
        int column = header.indexOf(COLUMN);
        int description = header.indexOf(DESCRIPTION);
        if (table < 0 || column < 0) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "mapping %s %s; its first line must name the columns %s and %s"
                            .formatted(location, lines.isEmpty() ? "is empty" : "has another header", TABLE, COLUMN));
        }

        List<Row> rows = new ArrayList<>();
        Map<Integer, String> problems = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            int number = i + 1;
            if (lines.get(i).chars().allMatch(c -> c == ',' || Character.isWhitespace(c))) {
                continue;
            }
            Optional<List<String>> fields = fieldsOfLine(lines.get(i), header.size());
            if (fields.isEmpty()) {
                problems.put(
                        number,
                        "is not one record of %d fields (a quoted field may not run on to the next line)"
                                .formatted(header.size()));
                continue;
            }
            String text = description < 0 ? "" : fields.get().get(description);
            rows.add(new Row(number, fields.get().get(table), fields.get().get(column), text));
        }
        if (rows.isEmpty() && problems.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA, "mapping %s has a header and no rows; check --CSV_FILE".formatted(location));
        }
        return new MappingLines(rows, problems);
    }

    private static Optional<List<String>> fieldsOfLine(String line, int expected) {
        return fields(line, WITH_QUOTES)
                .filter(fields -> fields.size() == expected)
                .or(() -> fields(line, WITHOUT_QUOTES).filter(fields -> fields.size() == expected));
    }

    /** The fields of a line; empty when it is not exactly one record in this format. */
    private static Optional<List<String>> fields(String line, CSVFormat format) {
        try (CSVParser parser = CSVParser.parse(line, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? Optional.of(records.get(0).toList()) : Optional.empty();
        } catch (IOException | UncheckedIOException | IllegalStateException unbalanced) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] content, S3Uri location) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new JobFailure(
                    FailureKind.BAD_DATA, "mapping %s is not UTF-8; save it as UTF-8".formatted(location), e);
        }
    }
}
