package com.omc.flywheel.common.notice;

import com.omc.flywheel.common.aws.ServiceConnection;
import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.aws.ServiceFailures;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

/** {@link Notices} on Amazon SNS. Close it to give back its connections. */
public final class SnsNotices implements Notices, AutoCloseable {
    private final ServiceConnection<SnsClient> connection;

    private SnsNotices(ServiceEndpoint endpoint, Consumer<SnsClientBuilder> credentials) {
        this.connection = ServiceConnection.to(
                endpoint, SnsClient::builder, credentials, retries -> {}, new ServiceFailures(endpoint)::translate);
    }

    /** Connects with the credentials of the environment, at the first call. */
    public static SnsNotices connect(ServiceEndpoint endpoint) {
        return new SnsNotices(endpoint, builder -> {});
    }

    /** Connects without credentials, to an emulator that lets everyone in. */
    public static SnsNotices connectAnonymously(ServiceEndpoint endpoint) {
        return new SnsNotices(endpoint, builder -> builder.credentialsProvider(AnonymousCredentialsProvider.create()));
    }

    @Override
    public void publish(String topicArn, String subject, String message) {
        connection.call(
                "sns:Publish",
                "topic " + topicArn,
                client -> client.publish(
                        request -> request.topicArn(topicArn).subject(subject).message(message)));
    }

    @Override
    public void close() {
        connection.close();
    }
}
