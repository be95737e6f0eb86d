package com.omc.flywheel.common.aws;

import com.sun.net.httpserver.Headers;
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
import java.util.List;
import java.util.Map;

/** A server that gives the answers it is told, one after the other and the last for ever, and remembers the requests. */
public final class AnsweringServer implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    /** A request; the query is empty when there was none. */
    public record Request(String method, String path, String query, Headers headers, String body) {}

    private record Answer(int status, String body) {}

    public AnsweringServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public AnsweringServer answering(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** The form of an error of the services that speak JSON: AWS JSON 1.1 protocol of Smithy, "Operation error serialization". */
    public AnsweringServer refusingInJson(int status, String code, String message) {
        return answering(status, "{\"__type\":\"%s\",\"Message\":\"%s\"}".formatted(code, message));
    }

    /** S3's form of an error. */
    public AnsweringServer refusing(int status, String code) {
        return answering(status, "<Error><Code>%s</Code><Message>because</Message></Error>".formatted(code));
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The environment of a job whose services are all here. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            String query = exchange.getRequestURI().getQuery();
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    exchange.getRequestHeaders(),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), head || content.length == 0 ? -1 : content.length);
            if (!head) {
                exchange.getResponseBody().write(content);
            }
        }
    }
}
