package com.omc.flywheel.common.aws;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceEndpointTest {
    private static final String VARIABLE = "AWS_ENDPOINT_URL_GLUE";

    @Test
    void isAwsItselfWhenNothingIsSet() {
        ServiceEndpoint endpoint = endpoint(Map.of());

        assertThat(endpoint).isEqualTo(new ServiceEndpoint("AWS Glue", VARIABLE, Optional.empty(), Optional.empty()));
        assertThat(endpoint.describe()).isEqualTo("AWS Glue");
    }

    @Test
    void isThatOfTheServiceBeforeThatOfAllServices() {
        String ofAll = "AWS_ENDPOINT_URL";

        assertThat(endpoint(Map.of(VARIABLE, "http://127.0.0.1:1", ofAll, "http://127.0.0.1:2"))
                        .endpoint())
                .contains(URI.create("http://127.0.0.1:1"));
        assertThat(endpoint(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1", ofAll, "http://127.0.0.1:2"))
                        .endpoint())
                .contains(URI.create("http://127.0.0.1:2"));
        assertThat(endpoint(Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")).endpoint())
                .isEmpty();
    }

    @Test
    void takesAwsRegionBeforeTheDefaultRegion() {
        Map<String, String> both = Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-central-1");

        assertThat(endpoint(both).region()).contains("eu-west-1");
        assertThat(endpoint(both).describe()).isEqualTo("AWS Glue in eu-west-1");
        assertThat(endpoint(Map.of("AWS_DEFAULT_REGION", "eu-central-1")).region())
                .contains("eu-central-1");
    }

    @Test
    void hasARegionForAnEmulatorSinceTheClientsAskForOne() {
        ServiceEndpoint endpoint = endpoint(Map.of(VARIABLE, "http://127.0.0.1:5000"));

        assertThat(endpoint.region()).contains("us-east-1");
        assertThat(endpoint.describe())
                .isEqualTo("the endpoint http://127.0.0.1:5000 (AWS_ENDPOINT_URL_GLUE or AWS_ENDPOINT_URL)");
    }

    @Test
    void takesBlankVariablesForAbsent() {
        Map<String, String> blank =
                Map.of(VARIABLE, "", "AWS_ENDPOINT_URL", " ", "AWS_REGION", " ", "AWS_DEFAULT_REGION", "");

        assertThat(endpoint(blank)).isEqualTo(endpoint(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9000", "localhost:9000", "ftp://127.0.0.1", "http://", "http:", "http://a b"})
    void refusesWhatIsNoUrlAndNamesTheVariables(String text) {
        for (String variable : List.of(VARIABLE, "AWS_ENDPOINT_URL")) {
            assertFails(FailureKind.BAD_ARGUMENT, () -> endpoint(Map.of(variable, text)))
                    .hasMessage(
                            "BAD_ARGUMENT: the environment variable AWS_ENDPOINT_URL_GLUE or AWS_ENDPOINT_URL is \"%s\"; expected a URL like http://127.0.0.1:9000",
                            text);
        }
    }

    private static ServiceEndpoint endpoint(Map<String, String> environment) {
        return ServiceEndpoint.fromEnvironment("AWS Glue", VARIABLE, environment);
    }
}
