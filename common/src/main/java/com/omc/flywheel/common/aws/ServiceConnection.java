package com.omc.flywheel.common.aws;

import com.omc.flywheel.common.failure.JobFailure;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/**
 * The way to a service: a client that is built when it is first needed, so that a job that never asks the service needs
 * neither a region nor credentials for it.
 */
public final class ServiceConnection<C extends SdkClient> implements AutoCloseable {
    private final String service;
    private final Function<SentRequests, C> build;
    private final Translation failures;
    private final SentRequests sent = new SentRequests();
    private C client;
    private boolean closed;

    /** What an error of the SDK means. */
    @FunctionalInterface
    public interface Translation {
        JobFailure translate(String action, String subject, SdkException error);
    }

    /**
     * A connection that is not made yet.
     *
     * @param service its name in messages
     * @param build builds the client, whose requests are to be counted so
     */
    public ServiceConnection(String service, Function<SentRequests, C> build, Translation failures) {
        this.service = service;
        this.build = build;
        this.failures = failures;
    }

    /**
     * The connection to a service that needs no more than its endpoint; not made yet.
     *
     * @param builder of its client
     * @param settings what is particular to this client, such as whose credentials it has
     * @param retries what it repeats beyond what the SDK does, or how often
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient>
            ServiceConnection<C> to(
                    ServiceEndpoint endpoint,
                    Supplier<B> builder,
                    Consumer<B> settings,
                    Consumer<StandardRetryStrategy.Builder> retries,
                    Translation failures) {
        return new ServiceConnection<>(
                endpoint.service(),
                sent -> {
                    B prepared = ServiceClients.prepare(
                            builder.get(), endpoint.endpoint(), endpoint.region(), sent, retries);
                    settings.accept(prepared);
                    return prepared.build();
                },
                failures);
    }

    /**
     * Makes a call, and turns an error of the SDK into a failure.
     *
     * @param action the IAM action that it needs
     * @param subject what it is made on
     */
    public <T> T call(String action, String subject, Function<C, T> call) {
        try {
            return call.apply(client());
        } catch (SdkException e) {
            throw failures.translate(action, subject, e);
        }
    }

    /** How many requests were sent, repetitions counted. */
    public long requests() {
        return sent.count();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }

    private synchronized C client() {
        if (closed) {
            throw new IllegalStateException("the connection to %s is closed".formatted(service));
        }
        if (client == null) {
            client = build.apply(sent);
        }
        return client;
    }
}
