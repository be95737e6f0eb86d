package com.omc.flywheel.common.aws;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * How one service of AWS is reached: the emulator or VPC endpoint that the environment names, or AWS itself.
 *
 * @param service its name in messages, for example {@code AWS Glue}
 * @param variable the variable that names the endpoint of this service alone, for example {@code AWS_ENDPOINT_URL_GLUE}
 * @param endpoint from that variable, else {@code AWS_ENDPOINT_URL}; empty means AWS
 * @param region from {@code AWS_REGION}, else {@code AWS_DEFAULT_REGION}; with an endpoint and neither, us-east-1;
 *     empty leaves it to the SDK, which asks the machine
 */
public record ServiceEndpoint(String service, String variable, Optional<URI> endpoint, Optional<String> region) {
    private static final String OF_ALL_SERVICES = "AWS_ENDPOINT_URL";

    /** Reads the variables that the AWS SDKs and tools share ("Service-specific endpoints", AWS SDKs reference guide). */
    public static ServiceEndpoint fromEnvironment(String service, String variable, Map<String, String> environment) {
        Optional<URI> endpoint = first(environment, variable, OF_ALL_SERVICES).map(text -> endpoint(text, variable));
        Optional<String> region =
                first(environment, "AWS_REGION", "AWS_DEFAULT_REGION").or(() -> endpoint.map(present -> "us-east-1"));
        return new ServiceEndpoint(service, variable, endpoint, region);
    }

    /** The name of what is reached, for messages. */
    public String describe() {
        return endpoint.map(uri -> "the endpoint %s (%s or %s)".formatted(uri, variable, OF_ALL_SERVICES))
                .orElse(service + region.map(name -> " in " + name).orElse(""));
    }

    private static URI endpoint(String text, String variable) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notAnEndpoint(text, variable, e);
        }
        throw notAnEndpoint(text, variable, null);
    }

    private static JobFailure notAnEndpoint(String text, String variable, Exception cause) {
        return new JobFailure(
                FailureKind.BAD_ARGUMENT,
                "the environment variable %s or %s is \"%s\"; expected a URL like http://127.0.0.1:9000"
                        .formatted(variable, OF_ALL_SERVICES, text),
                cause);
    }

    private static Optional<String> first(Map<String, String> environment, String name, String otherName) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.get(otherName)).filter(value -> !value.isBlank()));
    }
}
