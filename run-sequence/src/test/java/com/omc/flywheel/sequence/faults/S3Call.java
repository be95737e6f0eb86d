package com.omc.flywheel.sequence.faults;

import java.util.Set;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

/**
 * One call of the S3 API, however many attempts it takes.
 *
 * @param client who sends it
 * @param operation its name in the API, for example {@code PutObject}
 * @param bucket empty for a call that names none
 * @param key the object, for DeleteObjects the first one, for listings the prefix; empty when there is none
 * @param conditional true when it carries If-None-Match
 */
public record S3Call(Client client, String operation, String bucket, String key, boolean conditional) {
    private static final Set<String> WRITES = Set.of(
            "PutObject",
            "DeleteObject",
            "DeleteObjects",
            "CopyObject",
            "CreateMultipartUpload",
            "UploadPart",
            "UploadPartCopy",
            "CompleteMultipartUpload",
            "AbortMultipartUpload");

    /** Whose calls there are in one JVM. */
    public enum Client {
        OURS("ours"),
        S3A("s3a");

        private final String label;

        Client(String label) {
            this.label = label;
        }

        /** S3A puts Hadoop's name and version before the SDK's. */
        private static Client ofUserAgent(String userAgent) {
            return userAgent.contains("Hadoop") ? S3A : OURS;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    static S3Call of(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        SdkRequest request = context.request();
        String userAgent =
                context.httpRequest().firstMatchingHeader("User-Agent").orElse("");
        return new S3Call(
                Client.ofUserAgent(userAgent),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                field(request, "Bucket", "DestinationBucket"),
                key(request),
                context.httpRequest().firstMatchingHeader("If-None-Match").isPresent());
    }

    /** True for a call that changes what is stored, unfinished uploads included. */
    public boolean writes() {
        return WRITES.contains(operation);
    }

    /** The same for the same step of another run: {@code s3a UploadPart lake/<table>/part-<n>-<run>.parquet}. */
    public String kind() {
        return "%s %s %s".formatted(client, operation, KeyPattern.of(key)).strip();
    }

    private static String key(SdkRequest request) {
        if (request instanceof DeleteObjectsRequest deletes) {
            return deletes.delete().objects().get(0).key();
        }
        return field(request, "Key", "DestinationKey", "Prefix");
    }

    private static String field(SdkRequest request, String... names) {
        for (String name : names) {
            String value = request.getValueForField(name, String.class).orElse(null);
            if (value != null) {
                return value;
            }
        }
        return "";
    }
}
