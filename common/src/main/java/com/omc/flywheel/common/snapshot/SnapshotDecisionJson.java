package com.omc.flywheel.common.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link SnapshotDecision} as a file: JSON whose {@code snapshot_dt} a state machine reads. The names are a contract with
 * it and change with the version only.
 */
final class SnapshotDecisionJson {
    static final String CONTENT_TYPE = "application/json";

    private static final int FORMAT_VERSION = 1;
    private static final String VERSION = "format_version";
    private static final String DATE = "snapshot_dt";
    private static final String EXECUTION = "execution";
    private static final String DECIDED_AT = "decided_at";
    private static final String SOURCES = "sources";
    private static final String PATH = "path";
    private static final String NEWEST = "newest";
    private static final String FILES = "files";
    private static final String BYTES = "bytes";

    private SnapshotDecisionJson() {}

    static byte[] write(SnapshotDecision decision) {
        ObjectMapper mapper = mapper();
        ObjectNode json = mapper.createObjectNode();
        json.put(VERSION, FORMAT_VERSION);
        json.put(DATE, decision.date().toString());
        json.put(EXECUTION, decision.execution().value());
        json.put(DECIDED_AT, decision.decidedAt().toString());
        ArrayNode sources = json.putArray(SOURCES);
        for (SourceSnapshot source : decision.sources()) {
            ObjectNode entry = sources.addObject();
            entry.put(PATH, source.source().toString());
            entry.put(DATE, decision.date().toString());
            entry.put(NEWEST, source.newest().toString());
            entry.put(FILES, source.files());
            entry.put(BYTES, source.bytes());
        }
        try {
            // The same line ends on every platform.
            DefaultPrettyPrinter printer =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            return (mapper.writer(printer).writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a decision", e);
        }
    }

    /** Throws CONFLICT for content of another version, or that this program did not write. */
    static SnapshotDecision read(byte[] content, S3Uri location) {
        try {
            JsonNode json = mapper().readTree(content);
            JsonNode version = json.path(VERSION);
            if (version.isInt() && version.intValue() != FORMAT_VERSION) {
                throw new JobFailure(
                        FailureKind.CONFLICT,
                        "%s has the format version %d, this program knows %d; run the version that wrote it, or start a new execution"
                                .formatted(location, version.intValue(), FORMAT_VERSION));
            }
            whole(json, VERSION);
            return decision(json);
        } catch (JsonProcessingException e) {
            throw notOurs(location, e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw notOurs(location, e.getMessage(), e);
        }
    }

    private static SnapshotDecision decision(JsonNode json) {
        SnapshotDate date = SnapshotDate.parse(text(json, DATE));
        List<SourceSnapshot> sources = new ArrayList<>();
        for (JsonNode entry : json.required(SOURCES)) {
            if (!SnapshotDate.parse(text(entry, DATE)).equals(date)) {
                throw new IllegalArgumentException("a source has another %s than the others".formatted(DATE));
            }
            sources.add(new SourceSnapshot(
                    S3Uri.parse(text(entry, PATH)),
                    SnapshotDate.parse(text(entry, NEWEST)),
                    Math.toIntExact(whole(entry, FILES)),
                    whole(entry, BYTES)));
        }
        return new SnapshotDecision(
                date, new ExecutionName(text(json, EXECUTION)), Instant.parse(text(json, DECIDED_AT)), sources);
    }

    private static JobFailure notOurs(S3Uri location, String reason, Exception cause) {
        return new JobFailure(
                FailureKind.CONFLICT,
                "%s is not as this program writes it (%s); move it away, or start a new execution"
                        .formatted(location, reason),
                cause);
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.required(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.textValue();
    }

    private static long whole(JsonNode json, String name) {
        JsonNode value = json.required(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is no whole number");
        }
        return value.longValue();
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
