package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.aws.ServiceConnection;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;
import software.amazon.awssdk.services.glue.model.ResourceNotReadyException;

/** The way to Glue, with what its errors mean. */
final class GlueConnection implements AutoCloseable {
    private final GlueFailures failures;
    private final ServiceConnection<GlueClient> connection;

    GlueConnection(ServiceEndpoint endpoint, Consumer<GlueClientBuilder> credentials) {
        this.failures = new GlueFailures(endpoint);
        this.connection = ServiceConnection.to(
                endpoint,
                GlueClient::builder,
                credentials,
                retries -> retries.retryOnException(GlueConnection::mayPass),
                failures::translate);
    }

    /**
     * Makes a call, and turns an error of the SDK into a failure.
     *
     * @param action the IAM action that it needs
     * @param subject what it is made on
     */
    <T> T call(String action, String subject, Function<GlueClient, T> call) {
        return connection.call(action, subject, call);
    }

    GlueFailures failures() {
        return failures;
    }

    long requests() {
        return connection.requests();
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Glue answers these with 400, which the SDK takes for final: AWS Glue API reference, "Exceptions". */
    private static boolean mayPass(Throwable error) {
        return error instanceof OperationTimeoutException || error instanceof ResourceNotReadyException;
    }
}
