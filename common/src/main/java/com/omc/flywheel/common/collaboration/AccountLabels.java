package com.omc.flywheel.common.collaboration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What people call accounts. */
public final class AccountLabels {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            // A message says where the file is wrong, and not what it says.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());
    private static final String ACCOUNT = "\\d{12}";
    private static final String EXPECTED =
            "expected lines of account,label or a JSON object of labels by account; accounts have 12 digits";

    private final Map<String, String> labels;

    private AccountLabels(Map<String, String> labels) {
        this.labels = Map.copyOf(labels);
    }

    /** No account has a name. */
    public static AccountLabels none() {
        return new AccountLabels(Map.of());
    }

    /**
     * Reads a small file: a JSON object whose names are accounts, or CSV with an account and a label a line, with or
     * without a header.
     *
     * @throws JobFailure MISSING_INPUT when it is not there; BAD_ARGUMENT naming every line that is neither
     */
    public static AccountLabels read(ObjectStore store, S3Uri file) {
        byte[] content = store.read(file)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "--ACCOUNT_LABELS %s: there is no such file; check the path".formatted(file)));
        String text = new String(content, StandardCharsets.UTF_8).replace("\uFEFF", "");
        return new AccountLabels(text.stripLeading().startsWith("{") ? ofJson(file, text) : ofCsv(file, text));
    }

    /** The account as people read it: in groups of four digits, with its label if it has one. */
    public String describe(String account) {
        if (!isAccount(account)) {
            return account;
        }
        String grouped = "%s-%s-%s".formatted(account.substring(0, 4), account.substring(4, 8), account.substring(8));
        return Optional.ofNullable(labels.get(account))
                .map(label -> "%s (%s)".formatted(grouped, label))
                .orElse(grouped);
    }

    /** The accounts one below the other. */
    public String describe(List<String> accounts) {
        return String.join("\n", accounts.stream().map(this::describe).toList());
    }

    static boolean isAccount(String text) {
        return text.matches(ACCOUNT);
    }

    private static Map<String, String> ofJson(S3Uri file, String text) {
        JsonNode object;
        try {
            object = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused(file, List.of("it is not JSON: " + e.getOriginalMessage()));
        }
        Map<String, String> labels = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        object.fields().forEachRemaining(field -> {
            if (isAccount(field.getKey()) && field.getValue().isTextual()) {
                labels.put(field.getKey(), field.getValue().textValue());
            } else {
                problems.add("the entry \"%s\"".formatted(field.getKey()));
            }
        });
        return requireNone(file, problems, labels);
    }

    private static Map<String, String> ofCsv(S3Uri file, String text) {
        Map<String, String> labels = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .build();
        try (CSVParser lines = CSVParser.parse(text, format)) {
            for (CSVRecord line : lines) {
                boolean isHeader = line.getRecordNumber() == 1 && !line.get(0).matches(".*\\d.*");
                if (line.size() == 2 && isAccount(line.get(0))) {
                    labels.put(line.get(0), line.get(1));
                } else if (!isHeader) {
                    problems.add("line %d".formatted(lines.getCurrentLineNumber()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            // What the parser throws while it is iterated over: an unclosed quotation, for example.
            throw refused(file, List.of("it is not CSV: " + e.getMessage()));
        }
        return requireNone(file, problems, labels);
    }

    private static Map<String, String> requireNone(S3Uri file, List<String> problems, Map<String, String> labels) {
        if (!problems.isEmpty()) {
            throw refused(file, problems);
        }
        return labels;
    }

    private static JobFailure refused(S3Uri file, List<String> problems) {
        return JobFailure.ofAll(
                FailureKind.BAD_ARGUMENT, "--ACCOUNT_LABELS %s: %s:".formatted(file, EXPECTED), problems);
    }
}
