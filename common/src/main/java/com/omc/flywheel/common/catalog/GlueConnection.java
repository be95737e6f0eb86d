package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.aws.SentRequests;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;
import software.amazon.awssdk.services.glue.model.ResourceNotReadyException;

/**
 * The way to Glue: a client that is built when it is first needed, so that a job that never asks the catalog needs neither
 * a region nor credentials.
 */
final class GlueConnection implements AutoCloseable {
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(30);
    private static final Duration ONE_CALL = Duration.ofMinutes(3);

    private final ServiceEndpoint endpoint;
    private final Consumer<GlueClientBuilder> credentials;
    private final SentRequests sent = new SentRequests();
    private final GlueFailures failures;
    private GlueClient client;
    private boolean closed;

    GlueConnection(ServiceEndpoint endpoint, Consumer<GlueClientBuilder> credentials) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.failures = new GlueFailures(endpoint);
    }

    /**
     * Makes a call, and turns an error of the SDK into a failure.
     *
     * @param action the IAM action that it needs
     * @param subject what it is made on
     */
    <T> T call(String action, String subject, Function<GlueClient, T> call) {
        try {
            return call.apply(client());
        } catch (SdkException e) {
            throw failures.translate(action, subject, e);
        }
    }

    GlueFailures failures() {
        return failures;
    }

    long requests() {
        return sent.count();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }

    private synchronized GlueClient client() {
        if (closed) {
            throw new IllegalStateException("the catalog is closed");
        }
        if (client == null) {
            client = build();
        }
        return client;
    }

    private GlueClient build() {
        GlueClientBuilder builder = GlueClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder().connectionTimeout(Duration.ofSeconds(10)))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ONE_ATTEMPT)
                        .apiCallTimeout(ONE_CALL)
                        .addExecutionInterceptor(sent)
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(5)
                                .retryOnException(GlueConnection::mayPass)
                                .build()));
        credentials.accept(builder);
        endpoint.region().map(Region::of).ifPresent(builder::region);
        endpoint.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** Glue answers these with 400, which the SDK takes for final: AWS Glue API reference, "Exceptions". */
    private static boolean mayPass(Throwable error) {
        return error instanceof OperationTimeoutException || error instanceof ResourceNotReadyException;
    }
}
