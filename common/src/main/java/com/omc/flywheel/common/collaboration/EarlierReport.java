package com.omc.flywheel.common.collaboration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.report.ReportFiles;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A report of before, to tell what changed since.
 *
 * @param file where it lies
 * @param json what it says
 */
public record EarlierReport(S3Uri file, JsonNode json) {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierReport.class);
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            // What cannot be read may be a file of megabytes.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());
    /** A month of a report a day: beyond it lie reports on something else. */
    private static final int MOST_LOOKED_AT = 31;

    /**
     * The report that somebody names.
     *
     * @throws JobFailure MISSING_INPUT when it is not there; BAD_ARGUMENT when it is no report
     */
    public static EarlierReport named(ObjectStore store, S3Uri file) {
        JsonNode json = read(store, file)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "--COMPARE_WITH %s: there is no such file; name the JSON file of an earlier report"
                                .formatted(file)));
        if (!isReport(json)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--COMPARE_WITH %s: this is no report of Clean Rooms; name the JSON file of an earlier report"
                            .formatted(file));
        }
        return new EarlierReport(file, json);
    }

    /** The newest report of the series on the same membership and tables; empty when there is none. */
    public static Optional<EarlierReport> newest(ObjectStore store, ReportFiles files, CollaborationScope scope) {
        List<S3Uri> earlier = files.earlier();
        for (S3Uri file : earlier.subList(0, Math.min(earlier.size(), MOST_LOOKED_AT))) {
            Optional<JsonNode> json = readIfJson(store, file);
            if (json.filter(found -> isOf(found, scope)).isPresent()) {
                return Optional.of(new EarlierReport(file, json.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> readIfJson(ObjectStore store, S3Uri file) {
        try {
            return read(store, file);
        } catch (JobFailure e) {
            if (e.kind() != FailureKind.BAD_ARGUMENT) {
                throw e;
            }
            LOG.warn("not compared with: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> read(ObjectStore store, S3Uri file) {
        return store.read(file).map(content -> {
            try {
                return JSON.readTree(content);
            } catch (JsonProcessingException e) {
                throw new JobFailure(
                        FailureKind.BAD_ARGUMENT,
                        "%s is not JSON (%s); name another report with --COMPARE_WITH"
                                .formatted(file, e.getOriginalMessage()),
                        e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean isReport(JsonNode json) {
        return json.path("tables").isArray() && json.has("membership_id");
    }

    private static boolean isOf(JsonNode json, CollaborationScope scope) {
        return isReport(json)
                && json.path("membership_id").asText().equals(scope.membershipId())
                && json.path("database").asText().equals(scope.database().value())
                && json.path("table_prefix").asText().equals(scope.prefix().value());
    }
}
