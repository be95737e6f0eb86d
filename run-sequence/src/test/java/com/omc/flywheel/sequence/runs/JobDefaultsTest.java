package com.omc.flywheel.sequence.runs;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import com.omc.flywheel.sequence.awsjson.AwsJsonService;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/** The client of the SDK, against a service that answers over HTTP. */
@Timeout(120)
class JobDefaultsTest {
    private final AwsJsonEndpoint endpoint = AwsJsonEndpoint.start(new Jobs());
    private final JobDefaults defaults = new JobDefaults(
            ServiceEndpoint.fromEnvironment(
                    "AWS Glue",
                    "AWS_ENDPOINT_URL_GLUE",
                    Map.of("AWS_ENDPOINT_URL_GLUE", endpoint.endpoint().toString(), "AWS_REGION", "eu-west-1")),
            builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()));

    @AfterEach
    void stop() {
        defaults.close();
        endpoint.close();
    }

    @Test
    void addWhatTheJobSetsAndNotWhatIsForGlueToWhatTheRunWasGiven() {
        assertThat(defaults.with("split", Map.of("--FORCE", "true")))
                .isEqualTo(Map.of("--FORCE", "true", "--TARGET_PATH", "s3://lake/out/"));
    }

    @Test
    void nameTheJobThatIsNotThere() {
        assertFails(FailureKind.MISSING_INPUT, () -> defaults.with("gone", Map.of()))
                .hasMessageContaining("glue:GetJob: there is no job gone");
    }

    private static final class Jobs implements AwsJsonService {
        @Override
        public String targetPrefix() {
            return "AWSGlue";
        }

        @Override
        public ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
            if (!operation.equals("GetJob")) {
                throw AwsJsonError.unknownOperation(operation);
            }
            if (!request.path("JobName").asText().equals("split")) {
                throw AwsJsonError.ofCaller("EntityNotFoundException", "no such job");
            }
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.putObject("Job")
                    .putObject("DefaultArguments")
                    .put("--class", "com.omc.Split")
                    .put("--extra-jars", "s3://code/jobs.jar")
                    .put("--FORCE", "false")
                    .put("--TARGET_PATH", "s3://lake/out/");
            return answer;
        }
    }
}
