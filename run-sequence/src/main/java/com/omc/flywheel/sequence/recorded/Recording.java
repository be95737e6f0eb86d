package com.omc.flywheel.sequence.recorded;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The answers of a service, read from a folder: the file {@code memberships/<id>.json} holds the answer to
 * {@code GET /memberships/<id>}.
 *
 * <p>Everything is read and checked at the beginning; what is changed in the folder later is not seen.
 */
final class Recording {
    private static final String SUFFIX = ".json";
    private static final String NEXT_TOKEN = "nextToken";
    /** The times of an answer: on the wire they are seconds, the AWS CLI prints them as ISO 8601. */
    private static final Set<String> TIMES = Set.of("createTime", "updateTime", "createdAt", "updatedAt");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final Map<String, ObjectNode> answers;

    private Recording(Map<String, ObjectNode> answers) {
        this.answers = answers;
    }

    /**
     * Reads a folder.
     *
     * @throws JobFailure naming every file that no request reaches, that is not the JSON of an answer, or that holds one
     *     page of a list
     */
    static Recording read(Path folder, List<RecordedOperation> operations) {
        if (!Files.isDirectory(folder)) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "there is no folder %s with recorded answers; see test-data/recorded/README.md".formatted(folder));
        }
        Map<String, ObjectNode> answers = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = folder.relativize(file)
                    .toString()
                    .replace(file.getFileSystem().getSeparator(), "/");
            try {
                answers.put(address(name), answer(name, file, operations));
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "%d of the recorded answers in %s cannot be served (%s); see test-data/recorded/README.md"
                            .formatted(problems.size(), folder, String.join("; ", problems)));
        }
        return new Recording(answers);
    }

    /**
     * The answer to a request.
     *
     * @param address for example {@code /configuredTables}
     */
    Optional<ObjectNode> answer(String address) {
        return Optional.ofNullable(answers.get(address)).map(ObjectNode::deepCopy);
    }

    private static String address(String name) {
        return "/" + name.substring(0, Math.max(0, name.length() - SUFFIX.length()));
    }

    private static ObjectNode answer(String name, Path file, List<RecordedOperation> operations) {
        if (!name.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("its name does not end in " + SUFFIX);
        }
        RecordedOperation operation = operations.stream()
                .filter(RecordedOperation::readsFiles)
                .filter(candidate -> candidate
                        .route()
                        .labels(candidate.route().method(), address(name))
                        .filter(Labels::fit)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no request reaches it"));
        JsonNode answer = json(file);
        if (!answer.isObject()) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        if (operation.kind() == RecordedOperation.Kind.LIST) {
            checkList(operation, answer);
        }
        mendTimes(answer);
        return (ObjectNode) answer;
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalArgumentException("it is not JSON, " + e.getMessage(), e);
        }
    }

    private static void checkList(RecordedOperation operation, JsonNode answer) {
        if (!answer.path(operation.list()).isArray()) {
            throw new IllegalArgumentException("it has no list " + operation.list());
        }
        if (answer.hasNonNull(NEXT_TOKEN)) {
            throw new IllegalArgumentException("it has a %s, so it is one page and not the list".formatted(NEXT_TOKEN));
        }
    }

    private static void mendTimes(JsonNode node) {
        if (node instanceof ObjectNode fields) {
            for (String time : TIMES) {
                if (fields.path(time).isTextual()) {
                    fields.put(time, seconds(time, fields.path(time).textValue()));
                }
            }
        }
        node.forEach(Recording::mendTimes);
    }

    private static BigDecimal seconds(String field, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return BigDecimal.valueOf(time.toEpochMilli(), 3);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "%s is neither seconds nor a time like 2025-10-01T12:00:00+00:00".formatted(field), e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
