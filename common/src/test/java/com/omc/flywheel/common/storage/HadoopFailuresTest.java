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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                            + " getFileStatus); allow the action on this path for the job's role")
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
                                    "reading s3://lake/in/: the store did not answer (%s)",
                                    HadoopFailures.firstLine(silence));
                });
    }

    @Test
    void areNotFoundInWhatIsNoFaultOfTheStore() {
        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", new IOException("not a Parquet file")))
                .isEmpty();
        assertThat(HadoopFailures.ofStorage("reading s3://lake/in/", new InterruptedIOException("stopped")))
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

    /** S3A's exceptions, which are known by their names: hadoop-aws is not on this module's classpath. */
    private static final class AWSServiceThrottledException extends IOException {}

    private static final class AWSStatus500Exception extends IOException {}

    private static final class AWSApiCallTimeoutException extends IOException {}

    private static final class AWSNoResponseException extends IOException {}

    private static final class ConnectTimeoutException extends InterruptedIOException {}
}
