package com.omc.flywheel.common.storage;

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

class S3ConnectionTest {
    @Test
    void isToAwsItselfWhenNothingIsSet() {
        S3Connection connection = S3Connection.fromEnvironment(Map.of());

        assertThat(connection).isEqualTo(new S3Connection(Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(connection.describe()).isEqualTo("Amazon S3");
    }

    @Test
    void takesTheEndpointOfS3BeforeTheOneOfAllServices() {
        Map<String, String> both =
                Map.of("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9001", "AWS_ENDPOINT_URL", "http://127.0.0.1:4566");

        assertThat(S3Connection.fromEnvironment(both).endpoint()).contains(URI.create("http://127.0.0.1:9001"));
        assertThat(S3Connection.fromEnvironment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"))
                        .endpoint())
                .contains(URI.create("http://127.0.0.1:4566"));
    }

    @Test
    void takesAwsRegionBeforeTheDefaultRegion() {
        Map<String, String> both = Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-central-1");

        assertThat(S3Connection.fromEnvironment(both).region()).contains("eu-west-1");
        assertThat(S3Connection.fromEnvironment(both).describe()).isEqualTo("Amazon S3 in eu-west-1");
        assertThat(S3Connection.fromEnvironment(Map.of("AWS_DEFAULT_REGION", "eu-central-1"))
                        .region())
                .contains("eu-central-1");
    }

    @Test
    void hasARegionForAnEndpointSinceTheClientsAskForOne() {
        S3Connection connection = S3Connection.fromEnvironment(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"));

        assertThat(connection.region()).contains("us-east-1");
        assertThat(connection.describe())
                .isEqualTo("the endpoint http://127.0.0.1:4566 (AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL)");
    }

    @Test
    void takesBlankVariablesForAbsent() {
        Map<String, String> blank = Map.of("AWS_ENDPOINT_URL_S3", "", "AWS_REGION", " ", "AWS_DEFAULT_REGION", "");

        assertThat(S3Connection.fromEnvironment(blank))
                .isEqualTo(new S3Connection(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void keepsItsWayWhenAKeyIsAdded() {
        S3Connection connection = S3Connection.fromEnvironment(Map.of("AWS_REGION", "eu-west-1"));

        assertThat(connection.withKmsKeyId(Optional.of("alias/lake")))
                .isEqualTo(new S3Connection(Optional.empty(), Optional.of("eu-west-1"), Optional.of("alias/lake")));
        assertThat(connection.withKmsKeyId(Optional.empty())).isEqualTo(connection);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9000",
                "localhost:9000",
                "ftp://127.0.0.1",
                "http://",
                "http:///lake",
                "http:",
                "/tmp/s3",
                "http://bad host",
                "http://a b"
            })
    void refusesAnEndpointThatIsNoUrlAndNamesTheVariable(String endpoint) {
        for (String variable : List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")) {
            assertFails(FailureKind.BAD_ARGUMENT, () -> S3Connection.fromEnvironment(Map.of(variable, endpoint)))
                    .hasMessage(
                            "BAD_ARGUMENT: the environment variable AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is \"%s\"; expected a URL like http://127.0.0.1:9000",
                            endpoint);
        }
    }

    @Test
    void keepsAKnownRegion() {
        S3Connection connection = S3Connection.fromEnvironment(Map.of("AWS_REGION", "eu-west-1"));

        assertThat(connection.withRegionOfMachine()).isSameAs(connection);
    }

    @Test
    void takesTheRegionOfTheMachineWhenNoneIsKnown() {
        String before = System.getProperty("aws.region");
        System.setProperty("aws.region", "eu-north-1");
        try {
            assertThat(S3Connection.fromEnvironment(Map.of())
                            .withKmsKeyId(Optional.of("alias/lake"))
                            .withRegionOfMachine())
                    .isEqualTo(
                            new S3Connection(Optional.empty(), Optional.of("eu-north-1"), Optional.of("alias/lake")));
        } finally {
            if (before == null) {
                System.clearProperty("aws.region");
            } else {
                System.setProperty("aws.region", before);
            }
        }
    }
}
