package com.omc.flywheel.sequence.awsjson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint with a service that counts, and a client for it. */
final class CountingServer implements AutoCloseable {
    static final String COUNT = "Counter.Count";

    private final AtomicInteger counted = new AtomicInteger();
    private final CyclicBarrier three = new CyclicBarrier(3);
    private final AwsJsonEndpoint endpoint = AwsJsonEndpoint.start(new Counter(), new Silent());
    private final HttpClient client = HttpClient.newHttpClient();

    AwsJsonEndpoint endpoint() {
        return endpoint;
    }

    HttpClient client() {
        return client;
    }

    /** What the service has counted to. */
    int counted() {
        return counted.get();
    }

    @Override
    public void close() {
        endpoint.close();
    }

    HttpResponse<String> call(String target, String body) throws IOException, InterruptedException {
        return client.send(request(endpoint.endpoint(), target, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> send(String target, String body) {
        return client.sendAsync(
                request(endpoint.endpoint(), target, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest.Builder request(URI address, String target, String body) {
        return HttpRequest.newBuilder(address)
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    static void assertError(HttpResponse<String> answer, int status, String type, String message) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("__type").asText()).isEqualTo(type);
        assertThat(json(answer).path("Message").asText()).contains(message);
    }

    /** Counts, fails, breaks, or waits until three are there. */
    private final class Counter implements AwsJsonService {
        @Override
        public String targetPrefix() {
            return "Counter";
        }

        @Override
        public ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
            return switch (operation) {
                case "Count" ->
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("Total", counted.addAndGet(request.path("By").asInt(1)));
                case "Meet" -> meet();
                case "Fail" -> throw new AwsJsonError("TooBadException", 409, "no more").with("Reason", "TOO_BAD");
                case "Break" -> throw new IllegalStateException("broken");
                default -> throw AwsJsonError.unknownOperation(operation);
            };
        }

        private ObjectNode meet() {
            try {
                three.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** Has nothing to say. */
    static final class Silent implements AwsJsonService {
        @Override
        public String targetPrefix() {
            return "Silent";
        }

        @Override
        public ObjectNode call(String operation, JsonNode request) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
