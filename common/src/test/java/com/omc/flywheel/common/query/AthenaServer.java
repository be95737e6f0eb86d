package com.omc.flywheel.common.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Speaks Athena's protocol: gives each operation the answers that it is told, one after the other and the last for ever,
 * and remembers the requests.
 */
final class AthenaServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_ANSWER = -1;

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    record Request(String operation, JsonNode body) {
        String text(String field) {
            return body.path(field).asText();
        }
    }

    private record Answer(int status, String body, Runnable first) {}

    AthenaServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        // A client that goes away in the middle of an answer must not hold up the next one.
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "athena-server");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    ServiceEndpoint endpoint() {
        return ServiceEndpoint.fromEnvironment(
                "Amazon Athena",
                "AWS_ENDPOINT_URL_ATHENA",
                Map.of(
                        "AWS_ENDPOINT_URL_ATHENA",
                        "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    AthenaServer answering(String operation, String body) {
        return answering(operation, body, () -> {});
    }

    /** Something happens between the request and its answer. */
    AthenaServer answering(String operation, String body, Runnable first) {
        return told(operation, new Answer(200, body, first));
    }

    AthenaServer refusing(String operation, int status, String type, String message) {
        return told(
                operation,
                new Answer(status, "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message), () -> {}));
    }

    /** Takes the request, and closes the connection. */
    AthenaServer notAnswering(String operation) {
        return told(operation, new Answer(NO_ANSWER, "", () -> {}));
    }

    AthenaServer withWorkgroup(String configuration) {
        return answering(
                "GetWorkGroup",
                "{\"WorkGroup\":{\"Name\":\"etl\",\"State\":\"ENABLED\",\"Configuration\":%s}}"
                        .formatted(configuration));
    }

    AthenaServer starting(String... ids) {
        for (String id : ids) {
            answering("StartQueryExecution", "{\"QueryExecutionId\":\"%s\"}".formatted(id));
        }
        return this;
    }

    AthenaServer inState(String... states) {
        for (String state : states) {
            answering("GetQueryExecution", execution("\"State\":\"%s\"".formatted(state)));
        }
        return this;
    }

    AthenaServer failed(String reason, String error) {
        return answering(
                "GetQueryExecution",
                execution("\"State\":\"FAILED\",\"StateChangeReason\":\"%s\",\"AthenaError\":%s"
                        .formatted(reason, error)));
    }

    AthenaServer stopping() {
        return answering("StopQueryExecution", "{}");
    }

    /** The answers that this operation was told are given no more. */
    synchronized AthenaServer forget(String operation) {
        answers.remove(operation);
        return this;
    }

    synchronized List<String> operations() {
        return requests.stream().map(Request::operation).toList();
    }

    synchronized List<Request> requests(String operation) {
        return requests.stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    List<String> tokens() {
        return requests("StartQueryExecution").stream()
                .map(request -> request.text("ClientRequestToken"))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static String execution(String status) {
        return "{\"QueryExecution\":{\"Status\":{%s}}}".formatted(status);
    }

    private synchronized AthenaServer told(String operation, Answer answer) {
        answers.computeIfAbsent(operation, first -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Answer answer = next(target.replace("AmazonAthena.", ""), JSON.readTree(body));
            answer.first().run();
            if (answer.status() != NO_ANSWER) {
                byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
                exchange.sendResponseHeaders(answer.status(), content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    private synchronized Answer next(String operation, JsonNode body) {
        requests.add(new Request(operation, body));
        Deque<Answer> told = answers.get(operation);
        if (told == null) {
            return new Answer(
                    400,
                    "{\"__type\":\"UnknownOperationException\",\"message\":\"%s\"}".formatted(operation),
                    () -> {});
        }
        return told.size() > 1 ? told.remove() : told.element();
    }
}
