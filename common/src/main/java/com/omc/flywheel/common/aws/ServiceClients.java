package com.omc.flywheel.common.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;

/** What every client of a service of AWS has in common: how long it waits, how often it repeats itself, where it goes. */
public final class ServiceClients {
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(30);
    private static final Duration ONE_CALL = Duration.ofMinutes(3);
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;

    private ServiceClients() {}

    /**
     * Prepares a client.
     *
     * @param endpoint where it goes when that is not AWS
     * @param region empty leaves it to the SDK, which asks the machine
     * @param sent counts its requests
     * @param retries what it repeats beyond what the SDK does, or how often
     */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepare(
            B builder,
            Optional<URI> endpoint,
            Optional<String> region,
            SentRequests sent,
            Consumer<StandardRetryStrategy.Builder> retries) {
        StandardRetryStrategy.Builder strategy = StandardRetryStrategy.builder().maxAttempts(ATTEMPTS);
        retries.accept(strategy);
        builder.httpClientBuilder(ApacheHttpClient.builder().connectionTimeout(CONNECTING))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ONE_ATTEMPT)
                        .apiCallTimeout(ONE_CALL)
                        .addExecutionInterceptor(sent)
                        .retryStrategy(strategy.build()));
        region.map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }
}
