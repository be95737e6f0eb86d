package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * How S3 is reached: the emulator or VPC endpoint that the environment names, or AWS itself.
 *
 * @param endpoint from {@code AWS_ENDPOINT_URL_S3}, else {@code AWS_ENDPOINT_URL}; empty means AWS
 * @param region from {@code AWS_REGION}, else {@code AWS_DEFAULT_REGION}; with an endpoint and neither, us-east-1;
 *     empty leaves it to the SDK, which asks the machine
 * @param kmsKeyId the key that every write is encrypted with (SSE-KMS); empty leaves it to the bucket's default
 */
public record S3Connection(Optional<URI> endpoint, Optional<String> region, Optional<String> kmsKeyId) {

    /** Reads the variables that the AWS SDKs and tools share ("Service-specific endpoints", AWS SDKs reference guide). */
    public static S3Connection fromEnvironment(Map<String, String> environment) {
        Optional<URI> endpoint =
                first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL").map(S3Connection::endpoint);
        Optional<String> region =
                first(environment, "AWS_REGION", "AWS_DEFAULT_REGION").or(() -> endpoint.map(present -> "us-east-1"));
        return new S3Connection(endpoint, region, Optional.empty());
    }

    /** The same way with every write encrypted under this key; unchanged without one. */
    public S3Connection withKmsKeyId(Optional<String> keyId) {
        return new S3Connection(endpoint, region, keyId);
    }

    /**
     * The same way with the region that this machine is in, when none is known: S3A would ask us-east-2, which times out
     * in a VPC, while the SDK asks the machine; both must have the same answer.
     */
    public S3Connection withRegionOfMachine() {
        if (region.isPresent()) {
            return this;
        }
        try {
            Region found = DefaultAwsRegionProviderChain.builder().build().getRegion();
            return new S3Connection(endpoint, Optional.of(found.id()), kmsKeyId);
        } catch (SdkClientException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT, "no AWS region is known; set AWS_REGION to the region of the buckets", e);
        }
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notAnEndpoint(text, e);
        }
        throw notAnEndpoint(text, null);
    }

    private static JobFailure notAnEndpoint(String text, Exception cause) {
        return new JobFailure(
                FailureKind.BAD_ARGUMENT,
                "the environment variable AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is \"%s\"; expected a URL like http://127.0.0.1:9000"
                        .formatted(text),
                cause);
    }

    /** The name of what is reached, for messages. */
    public String describe() {
        return endpoint.map(uri -> "the endpoint " + uri + " (AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL)")
                .orElse("Amazon S3" + region.map(name -> " in " + name).orElse(""));
    }

    private static Optional<String> first(Map<String, String> environment, String name, String otherName) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.get(otherName)).filter(value -> !value.isBlank()));
    }
}
