package com.omc.flywheel.sequence.awsjson;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server inside this JVM for services of AWS that speak JSON: the value of {@code AWS_ENDPOINT_URL_GLUE} and the
 * like.
 *
 * <p>{@code POST /} is taken for JSON 1.1, where a header names the operation; everything else for REST, where method and
 * path do, and is answered by the {@link AwsRestService} that has such a route.
 *
 * <p>It listens on the loopback address only, lets everyone in, and answers as soon as {@link #start} returns. Requests
 * are worked on at the same time; it counts them, and makes them fail as {@link #faults} says.
 */
public final class AwsJsonEndpoint implements AutoCloseable {
    private static final byte[] HOST = {127, 0, 0, 1};

    /** A property of the JDK's server, which reads it once, when its classes are loaded. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK sends head and body of an answer apart. Unless told so, the body waits for the client to acknowledge
        // the head, which takes it 40 ms: 45 ms a request instead of 1 ms on a connection that is used again.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final RequestFaults faults = new RequestFaults();
    private final RequestLog log = new RequestLog();
    private final ServiceCalls calls;

    private AwsJsonEndpoint(HttpServer server, List<AwsJsonService> services) {
        this.server = server;
        this.threads = Executors.newCachedThreadPool(AwsJsonEndpoint::daemon);
        this.calls = new ServiceCalls(services, faults);
    }

    /** Starts an endpoint on any free port. */
    public static AwsJsonEndpoint start(AwsJsonService... services) {
        return start(0, List.of(services));
    }

    /**
     * Starts an endpoint.
     *
     * @param port where to listen; 0 for any free port
     */
    public static AwsJsonEndpoint start(int port, List<AwsJsonService> services) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(HOST), port), 0);
            AwsJsonEndpoint endpoint = new AwsJsonEndpoint(server, services);
            server.setExecutor(endpoint.threads);
            server.createContext("/", endpoint::handle);
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "cannot listen on port %d of this machine (%s); choose another port"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    /** Where it listens, for example {@code http://127.0.0.1:40123}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What goes wrong from now on: nothing, unless rules are added. */
    public RequestFaults faults() {
        return faults;
    }

    /**
     * How many requests of an operation have come, failed ones and repetitions included.
     *
     * @param target for example {@code AWSGlue.UpdateTable}, {@code CleanRooms.GetSchema}, or, of a path that nobody
     *     serves, {@code DELETE /memberships}
     */
    public int requests(String target) {
        return log.byTarget().getOrDefault(target, 0);
    }

    /** How many requests have come. */
    public int requests() {
        return log.byTarget().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many requests have come, by their target. */
    public Map<String, Integer> requestsByTarget() {
        return log.byTarget();
    }

    /** How many requests were in the works at once, at most. */
    public int peakConcurrency() {
        return log.peak();
    }

    /** Forgets the requests counted so far. */
    public void resetCounts() {
        log.reset();
    }

    /** Stops listening; who still waits for an answer gets none. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closing it without an answer closes the connection.
        try (exchange) {
            ServiceRequest request = request(exchange);
            log.began(request.target());
            Reply reply;
            try {
                reply = calls.reply(request);
            } finally {
                log.ended();
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders()
                    .set("x-amzn-RequestId", UUID.randomUUID().toString());
            byte[] answer = reply.bytes();
            exchange.sendResponseHeaders(reply.status(), answer.length);
            exchange.getResponseBody().write(answer);
        } catch (LostConnection e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServiceRequest request(HttpExchange exchange) throws IOException {
        URI address = exchange.getRequestURI();
        return calls.request(
                exchange.getRequestMethod(),
                address.getRawPath(),
                Optional.ofNullable(address.getRawQuery()),
                String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target")),
                exchange.getRequestBody().readAllBytes());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "aws-json-endpoint");
        thread.setDaemon(true);
        return thread;
    }
}
