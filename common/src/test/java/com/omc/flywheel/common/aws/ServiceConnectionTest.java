package com.omc.flywheel.common.aws;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkClientException;

class ServiceConnectionTest {
    private final AtomicInteger built = new AtomicInteger();
    private final Client client = new Client();
    private final ServiceConnection<Client> connection = new ServiceConnection<>(
            "AWS Anything",
            sent -> {
                built.incrementAndGet();
                return client;
            },
            (action, subject, error) ->
                    new JobFailure(FailureKind.SERVICE, "%s on %s".formatted(action, subject), error));

    private static final class Client implements SdkClient {
        private int closed;

        @Override
        public String serviceName() {
            return "anything";
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void isMadeAtTheFirstCallAndOnce() {
        assertThat(built).hasValue(0);

        assertThat(connection.<String>call("any:Get", "this", SdkClient::serviceName))
                .isEqualTo("anything");
        connection.call("any:Get", "that", SdkClient::serviceName);

        assertThat(built).hasValue(1);
    }

    @Test
    void isNeverMadeToBeClosed() {
        connection.close();

        assertThat(built).hasValue(0);
        assertThat(connection.requests()).isZero();
    }

    @Test
    void isNotMadeAgainAfterItWasClosed() {
        connection.call("any:Get", "this", SdkClient::serviceName);

        connection.close();

        assertThat(client.closed).isEqualTo(1);
        assertThatThrownBy(() -> connection.call("any:Get", "this", SdkClient::serviceName))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the connection to AWS Anything is closed");
        assertThat(built).hasValue(1);
    }

    @Test
    void saysWhatAnErrorMeansOnWhatWasAsked() {
        SdkClientException error = SdkClientException.create("no");

        assertFails(
                        FailureKind.SERVICE,
                        () -> connection.call("any:Get", "this", any -> {
                            throw error;
                        }))
                .hasMessage("SERVICE: any:Get on this")
                .hasCause(error);
    }

    @Test
    void leavesDefectsAsTheyAre() {
        IllegalStateException defect = new IllegalStateException("a defect");

        assertThatThrownBy(() -> connection.call("any:Get", "this", any -> {
                    throw defect;
                }))
                .isSameAs(defect)
                .hasMessage("a defect");
    }

    @Test
    void saysWhatAnErrorInBuildingTheClientMeans() {
        ServiceConnection<Client> hopeless = new ServiceConnection<>(
                "AWS Anything",
                sent -> {
                    throw SdkClientException.create("Unable to load region");
                },
                (action, subject, error) -> new JobFailure(FailureKind.ENVIRONMENT, action, error));

        assertFails(FailureKind.ENVIRONMENT, () -> hopeless.call("any:Get", "this", SdkClient::serviceName))
                .hasMessage("ENVIRONMENT: any:Get");
        hopeless.close();
    }
}
