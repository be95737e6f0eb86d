package com.omc.flywheel.common.notice;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.aws.AnsweringServer;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.failure.FailureKind;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link SnsNotices} sends, and makes of the answers. */
class SnsNoticesTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:alerts";
    private static final String SENT =
            """
            <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <PublishResult><MessageId>1</MessageId></PublishResult>
              <ResponseMetadata><RequestId>2</RequestId></ResponseMetadata>
            </PublishResponse>
            """;
    /** Amazon SNS speaks the AWS Query protocol: Smithy, "AWS Query protocol", error serialization. */
    private static final String REFUSED =
            """
            <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">
              <Error><Type>Sender</Type><Code>%s</Code><Message>because</Message></Error>
              <RequestId>2</RequestId>
            </ErrorResponse>
            """;

    private AnsweringServer server;
    private SnsNotices notices;

    @BeforeEach
    void start() throws IOException {
        server = new AnsweringServer();
        notices = SnsNotices.connectAnonymously(
                ServiceEndpoint.fromEnvironment("Amazon SNS", "AWS_ENDPOINT_URL_SNS", server.environment()));
    }

    @AfterEach
    void stop() {
        notices.close();
        server.close();
    }

    @Test
    void sendsTheSubjectAndTheMessageAsTheyAre() {
        server.answering(200, SENT);

        notices.publish(TOPIC, "2 errors & 1 warning", "part_a: rows = 7\nnext: r\u00e9pair + publish\n");

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/");
            assertThat(form(request.body()))
                    .containsEntry("Action", "Publish")
                    .containsEntry("TopicArn", TOPIC)
                    .containsEntry("Subject", "2 errors & 1 warning")
                    .containsEntry("Message", "part_a: rows = 7\nnext: r\u00e9pair + publish\n")
                    .containsOnlyKeys("Action", "Version", "TopicArn", "Subject", "Message");
        });
    }

    @Test
    void namesTheTopicThatIsNotThere() {
        server.answering(404, REFUSED.formatted("NotFound"));

        assertFails(FailureKind.BAD_ARGUMENT, () -> notices.publish(TOPIC, "subject", "message"))
                .hasMessageStartingWith("BAD_ARGUMENT: sns:Publish on topic %s: the endpoint ", TOPIC)
                .hasMessageContaining("answered 404 NotFound");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"403,AuthorizationError", "400,AccessDeniedException", "403,InvalidClientTokenId"})
    void namesTheActionThatWasRefused(int status, String code) {
        server.answering(status, REFUSED.formatted(code));

        assertFails(FailureKind.ACCESS_DENIED, () -> notices.publish(TOPIC, "subject", "message"))
                .hasMessageStartingWith(
                        "ACCESS_DENIED: sns:Publish on topic %s was refused (%s); allow the action", TOPIC, code);
    }

    @Test
    void saysWhatTheServiceDoesNotTake() {
        server.answering(400, REFUSED.formatted("InvalidParameter"));

        assertFails(FailureKind.BAD_ARGUMENT, () -> notices.publish(TOPIC, "", "message"))
                .hasMessageContaining("answered 400 InvalidParameter (because");
    }

    @Test
    void triesAgainWhenTheServiceIsAtFault() {
        server.answering(503, REFUSED.formatted("InternalError")).answering(200, SENT);

        notices.publish(TOPIC, "subject", "message");

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void sendsNothingAfterItWasClosed() {
        notices.close();

        assertThatThrownBy(() -> notices.publish(TOPIC, "subject", "message"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the connection to Amazon SNS is closed");
        assertThat(server.requests()).isEmpty();
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }
}
