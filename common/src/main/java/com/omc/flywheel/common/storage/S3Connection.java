package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.net.URI;
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
    private static final String SERVICE = "Amazon S3";
    private static final String VARIABLE = "AWS_ENDPOINT_URL_S3";

    /** Reads the variables that the AWS SDKs and tools share ("Service-specific endpoints", AWS SDKs reference guide). */
    public static S3Connection fromEnvironment(Map<String, String> environment) {
        ServiceEndpoint s3 = ServiceEndpoint.fromEnvironment(SERVICE, VARIABLE, environment);
        return new S3Connection(s3.endpoint(), s3.region(), Optional.empty());
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

    /** The name of what is reached, for messages. */
    public String describe() {
        return service().describe();
    }

    /** The same way without what S3 alone has. */
    ServiceEndpoint service() {
        return new ServiceEndpoint(SERVICE, VARIABLE, endpoint, region);
    }
}
