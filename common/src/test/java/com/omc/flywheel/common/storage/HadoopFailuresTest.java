package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopFailuresTest {
    @Test
    void findARefusalBehindOtherExceptions() {
        Throwable error = new IllegalArgumentException(
                "stage failed",
                new IOException("wrapped", new AccessDeniedException("s3a://lake/in/a: getFileStatus")));

        Optional<JobFailure> failure = HadoopFailures.ofStorage("reading s3://lake/in/", error);

        assertThat(failure).get().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
            assertThat(found)
                    .hasMessage("ACCESS_DENIED: reading s3://lake/in/: the store refused it (s3a://lake/in/a:"
                            + " getFileStatus); allow the action on this path for the job's role, or renew its"
                            + " credentials")
                    .hasCause(error);
        });
    }

    @Test
    void sayThatAFileWentAwayWhileTheJobRan() {
        Throwable error = new IOException(new FileNotFoundException("No such file: s3a://lake/in/a"));

        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", error))
                .get()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FailureKind.CONFLICT);
                    assertThat(found)
                            .hasMessageContaining(
                                    "reading s3://lake/in/: something went away or changed while the job ran (No such file: s3a://lake/in/a)");
                });
    }

    @Test
    void sayThatAFileChangedWhileTheJobRan() {
        Throwable error = new IOException(new RemoteFileChangedException("s3a://lake/in/a: change reported"));

        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", error))
                .get()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FailureKind.CONFLICT);
                    assertThat(found)
                            .hasMessage(
                                    "CONFLICT: reading s3://lake/in/: something went away or changed while the job ran (s3a://lake/in/a: change reported); start the job again when nothing else writes there");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "/tmp/shuffle.data (Too many open files)",
                "Disk quota exceeded",
                "Cannot allocate memory"
            })
    void sayWhatTheMachineLacks(String said) {
        assertThat(HadoopFailures.ofStorage(
                        "writing table IBE_01", new IllegalStateException(new FileNotFoundException(said))))
                .get()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FailureKind.ENVIRONMENT);
                    assertThat(found)
                            .hasMessage(
                                    "ENVIRONMENT: writing table IBE_01: the machine lacks something (%s); give it more, then start the job again",
                                    said);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "InvalidToken", "TokenRefreshRequired"})
    void sayThatTheCredentialsAreNotGoodAnyMore(String code) {
        Throwable error = new IOException("s3a://lake/in/a: " + code + ": The provided token is no good");

        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", error))
                .get()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
                    assertThat(found)
                            .hasMessageContaining(code)
                            .hasMessageEndingWith(
                                    "allow the action on this path for the job's role, or renew its credentials");
                });
    }

    static Stream<Exception> silences() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new NoRouteToHostException("no route"),
                new UnknownHostException("lake.invalid"),
                new SocketTimeoutException("read timed out"),
                new AWSServiceThrottledException(),
                new AWSStatus500Exception(),
                new AWSApiCallTimeoutException(),
                new AWSNoResponseException(),
                new AWSS3IOException(),
                new AWSClientIOException(),
                new UnknownStoreException(),
                new SSLHandshakeException("Remote host terminated the handshake"),
                new ConnectTimeoutException());
    }

    @ParameterizedTest
    @MethodSource("silences")
    void areWorthRetryingWhenTheStoreDidNotAnswer(Exception silence) {
        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", new IOException(silence)))
                .get()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FailureKind.SERVICE);
                    assertThat(found)
                            .hasMessageContaining(
                                    "reading s3://lake/in/: the store did not answer as it should (%s); start the job again",
                                    HadoopFailures.firstLine(silence));
                });
    }

    @Test
    void areNotFoundInWhatIsNoFaultOfTheStore() {
        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", new IOException("not a Parquet file")))
                .isEmpty();
        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", new InterruptedIOException("stopped")))
                .isEmpty();
        assertThat(HadoopFailures.ofStorage(
                        "writing table IBE_01", new FileNotFoundException("/tmp/blockmgr-1/shuffle_0_0_0.index")))
                .isEmpty();
        assertThat(HadoopFailures.ofStorage(
                        "writing table IBE_01", new IllegalStateException("No space left on device")))
                .isEmpty();
    }

    @Test
    void followCausesThatGoInACircle() {
        Exception inner = new Exception("inner");
        Exception outer = new Exception("outer", inner);
        inner.initCause(outer);

        assertThat(HadoopFailures.chain(outer)).containsExactly(outer, inner);
        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", outer)).isEmpty();
    }

    @Test
    void quoteTheFirstLineOrTheClass() {
        assertThat(HadoopFailures.firstLine(new IOException("first\nsecond"))).isEqualTo("first");
        assertThat(HadoopFailures.firstLine(new IOException("  "))).isEqualTo("IOException");
        assertThat(HadoopFailures.firstLine(new IOException())).isEqualTo("IOException");
    }

    @Test
    void sayThatCredentialsRanOut() {
        Throwable error = new IOException(new AWSBadRequestException("getFileStatus on s3a://lake/in/a: ExpiredToken"));

        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", error))
                .get()
                .satisfies(found -> {
                    assertThat(found.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
                    assertThat(found)
                            .hasMessageContaining("ExpiredToken")
                            .hasMessageContaining("renew its credentials");
                });
    }

    /** S3A's exceptions, which are known by their names: hadoop-aws is not on this module's classpath. */
    private static final class AWSServiceThrottledException extends IOException {}

    private static final class AWSStatus500Exception extends IOException {}

    private static final class AWSApiCallTimeoutException extends IOException {}

    private static final class AWSNoResponseException extends IOException {}

    private static final class AWSBadRequestException extends IOException {
        AWSBadRequestException(String message) {
            super(message);
        }
    }

    private static final class AWSS3IOException extends IOException {}

    private static final class AWSClientIOException extends IOException {}

    private static final class UnknownStoreException extends IOException {}

    private static final class RemoteFileChangedException extends IOException {
        private RemoteFileChangedException(String message) {
            super(message);
        }
    }

    private static final class ConnectTimeoutException extends InterruptedIOException {}
}
