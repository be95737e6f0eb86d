package com.omc.flywheel.sequence.awsjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AwsJsonEndpointTest {
    private final CountingServer server = new CountingServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersAsTheServiceOfTheTargetDoes() throws Exception {
        HttpResponse<String> answer = server.call(CountingServer.COUNT, "{\"By\": 2}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-amz-json-1.1");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
        assertThat(CountingServer.json(answer).path("Total").asInt()).isEqualTo(2);
        assertThat(server.endpoint().endpoint()).hasScheme("http").hasHost("127.0.0.1");
    }

    @Test
    void givesEveryRequestAnIdOfItsOwn() throws Exception {
        assertThat(server.call(CountingServer.COUNT, "{}").headers().firstValue("x-amzn-requestid"))
                .isNotEqualTo(server.call(CountingServer.COUNT, "{}").headers().firstValue("x-amzn-requestid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Counter.Forget", "Nobody.Count", "Count", ""})
    void refusesATargetThatNobodyServes(String target) throws Exception {
        CountingServer.assertError(server.call(target, "{}"), 400, "UnknownOperationException", "");
        assertThat(server.counted()).isEqualTo(0);
    }

    @Test
    void refusesWhatIsNoCall() throws Exception {
        HttpRequest get =
                HttpRequest.newBuilder(server.endpoint().endpoint()).GET().build();
        HttpRequest elsewhere = CountingServer.request(
                        server.endpoint().endpoint().resolve("/elsewhere"), CountingServer.COUNT, "{}")
                .build();

        for (HttpRequest request : List.of(get, elsewhere)) {
            HttpResponse<String> answer = server.client().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("x-amzn-errortype")).contains("UnknownOperationException");
        }
        assertThat(server.counted()).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "1"})
    void refusesABodyThatIsNoJsonObject(String body) throws Exception {
        CountingServer.assertError(
                server.call(CountingServer.COUNT, body), 400, "SerializationException", "the body is not");
    }

    @Test
    void writesAnErrorWithItsDetails() throws Exception {
        HttpResponse<String> answer = server.call("Counter.Fail", "{}");

        CountingServer.assertError(answer, 409, "TooBadException", "no more");
        assertThat(CountingServer.json(answer).path("message").asText()).isEqualTo("no more");
        assertThat(CountingServer.json(answer).path("Reason").asText()).isEqualTo("TOO_BAD");
    }

    @Test
    void tellsADefectOfAServiceAsAFaultOfTheService() throws Exception {
        CountingServer.assertError(server.call("Counter.Break", "{}"), 500, "InternalFailure", "broken");
    }

    @Test
    void countsRequestsByTarget() throws Exception {
        server.call(CountingServer.COUNT, "{}");
        server.call(CountingServer.COUNT, "{}");
        server.call("Counter.Fail", "{}");
        server.call("Silent.Count", "{}");

        assertThat(server.endpoint().requests(CountingServer.COUNT)).isEqualTo(2);
        assertThat(server.endpoint().requests("Counter.Other")).isZero();
        assertThat(server.endpoint().requests()).isEqualTo(4);
        assertThat(server.endpoint().requestsByTarget())
                .containsOnlyKeys(CountingServer.COUNT, "Counter.Fail", "Silent.Count")
                .containsEntry(CountingServer.COUNT, 2);
        server.endpoint().resetCounts();
        assertThat(server.endpoint().requests()).isZero();
        assertThat(server.endpoint().peakConcurrency()).isZero();
    }

    @Test
    void recordsHowManyRequestsWereInTheWorksAtOnce() throws Exception {
        server.call(CountingServer.COUNT, "{}");
        assertThat(server.endpoint().peakConcurrency()).isEqualTo(1);

        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(server.send("Counter.Meet", "{}"));
        }
        for (CompletableFuture<HttpResponse<String>> call : calls) {
            assertThat(call.get().statusCode()).isEqualTo(200);
        }
        assertThat(server.endpoint().peakConcurrency()).isEqualTo(3);
    }

    @Test
    void saysThatAPortIsTaken() {
        int port = server.endpoint().endpoint().getPort();
        assertThatThrownBy(() -> AwsJsonEndpoint.start(port, List.of(new CountingServer.Silent())))
                .isInstanceOf(JobFailure.class)
                .hasMessageContainingAll("ENVIRONMENT", "port " + port, "choose another");
    }
}
