package com.omc.flywheel.sequence.jobs;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stands before the embedded server and remembers every request as it came over the wire. It passes requests on without
 * what they say of encryption, which that server refuses; signatures are not checked there.
 */
final class RecordingProxy implements AutoCloseable {
    /** What each side of the proxy says for itself. */
    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

    private static final String ENCRYPTION = "x-amz-server-side-encryption";

    private final URI behind;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final Predicate<Request> refused;
    private final HttpServer server;

    RecordingProxy(URI behind) throws IOException {
        this(behind, request -> false);
    }

    /** One that answers some requests itself, with 403 AccessDenied. */
    RecordingProxy(URI behind, Predicate<Request> refused) throws IOException {
        this.behind = behind;
        this.refused = refused;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    /** A request; the query is empty when there was none, and the body unless the method is POST. */
    record Request(String method, String path, String query, Headers headers, String body) {
        @Override
        public String toString() {
            return "%s %s %s".formatted(method, path, query);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            String query = asked.getRawQuery() == null ? "" : asked.getRawQuery();
            byte[] asks = exchange.getRequestBody().readAllBytes();
            Request recorded = new Request(
                    exchange.getRequestMethod(),
                    asked.getPath(),
                    query,
                    exchange.getRequestHeaders(),
                    exchange.getRequestMethod().equals("POST") ? new String(asks, StandardCharsets.UTF_8) : "");
            requests.add(recorded);
            if (refused.test(recorded)) {
                byte[] denial = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(403, denial.length);
                exchange.getResponseBody().write(denial);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(asked))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(asks));
            exchange.getRequestHeaders().forEach((name, values) -> {
                String header = name.toLowerCase(Locale.ROOT);
                if (!OF_ONE_CONNECTION.contains(header) && !header.startsWith(ENCRYPTION)) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            answer(exchange, client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        response.headers().map().forEach((name, values) -> {
            boolean sizeOfTheObject = head && name.equalsIgnoreCase("content-length");
            if (sizeOfTheObject || !OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        byte[] body = response.body();
        // 0 would mean chunks of any length.
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
