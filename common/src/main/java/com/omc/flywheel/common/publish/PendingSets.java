package com.omc.flywheel.common.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the files in which S3A's magic committer names the uploads of a task: {@code PendingSet} of Hadoop 3.4. */
final class PendingSets {
    static final String SUFFIX = ".pendingset";

    private final ObjectStore store;
    private final ObjectMapper mapper = new ObjectMapper();

    PendingSets(ObjectStore store) {
        this.store = store;
    }

    /** The uploads of one task. */
    List<PreparedFile> read(S3Uri location) {
        byte[] content = store.read(location).orElseThrow(() -> unreadable(location, "it went away", null));
        try {
            List<PreparedFile> files = new ArrayList<>();
            for (JsonNode commit : required(mapper.readTree(content), "commits", location)) {
                List<String> etags = new ArrayList<>();
                required(commit, "etags", location).forEach(etag -> etags.add(etag.asText()));
                PendingUpload upload = new PendingUpload(
                        new S3Uri(
                                required(commit, "bucket", location).asText(),
                                required(commit, "destinationKey", location).asText()),
                        required(commit, "uploadId", location).asText());
                files.add(new PreparedFile(
                        upload, required(commit, "length", location).asLong(), etags));
            }
            return files;
        } catch (IOException e) {
            throw unreadable(location, e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    private static JsonNode required(JsonNode node, String field, S3Uri location) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw unreadable(location, "it has no " + field, null);
        }
        return value;
    }

    private static JobFailure unreadable(S3Uri location, String reason, Exception cause) {
        return new JobFailure(
                FailureKind.ENVIRONMENT,
                "%s cannot be read (%s); the platform's Hadoop is not the one that this program knows, 3.4.1"
                        .formatted(location, reason),
                cause);
    }
}
