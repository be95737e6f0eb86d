package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.faults.S3Call.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a write meets under each fault: how often it is tried, whether it has its effect, and what its caller hears. */
class FaultTest {
    @TempDir
    static Path data;

    private static SmallLake lake;

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
    }

    @AfterAll
    static void stopLake() {
        lake.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE_SENDING,      5, false, Broken pipe (injected)",
        "AFTER_THE_EFFECT,    5, true,  Connection reset (injected)",
        "TIMED_OUT_ONCE,      2, true,  ''",
        "THROTTLED,           5, false, 503 SlowDown",
        "THROTTLED_ONCE,      2, true,  ''",
        "PRECONDITION_FAILED, 1, false, 412 PreconditionFailed",
        "CONFLICT,            1, false, 409 OperationAborted",
        "CONFLICT_ONCE,       1, false, 409 OperationAborted",
    })
    void meetsOurClient(Fault fault, int attempts, boolean effect, String message) {
        S3Uri object = SmallLake.ROOT.folder("ours").file(fault.name());

        Optional<Exception> thrown =
                meets(Calls.write(1), fault, attempts, () -> lake.store().write(object, new byte[] {1}, "text/plain"));

        assertThat(lake.store().exists(object)).isEqualTo(effect);
        assertMessage(thrown, message);
    }

    /** S3A repeats by itself what failed for good in the SDK, so the fault is on every write of the object. */
    @ParameterizedTest
    @CsvSource({
        "BEFORE_SENDING,      2, false, Broken pipe (injected)",
        "AFTER_THE_EFFECT,    2, true,  Connection reset (injected)",
        "TIMED_OUT_ONCE,      2, true,  ''",
        "THROTTLED,           2, false, 'Service: S3, Status Code: 503'",
        "THROTTLED_ONCE,      2, true,  ''",
        "PRECONDITION_FAILED, 1, false, 'Service: S3, Status Code: 412'",
        "CONFLICT,            1, false, 'Service: S3, Status Code: 409'",
        "CONFLICT_ONCE,       1, false, 'Service: S3, Status Code: 409'",
    })
    void meetsS3A(Fault fault, int attempts, boolean effect, String message) {
        S3Uri object = SmallLake.ROOT.folder("s3a").file(fault.name());

        Optional<Exception> thrown = meets(
                Calls.like(call -> call.writes() && call.client() == Client.S3A),
                fault,
                attempts,
                () -> writeByS3A(object));

        assertThat(lake.store().exists(object)).isEqualTo(effect);
        assertMessage(thrown, message);
    }

    private static Optional<Exception> meets(Calls calls, Fault fault, int attempts, Write write) {
        try (InstalledFaults faults = Faults.none().failing(calls, fault).install()) {
            Optional<Exception> thrown = thrownBy(write);
            List<RecordedCall> struck = faults.struck();
            assertThat(struck).isNotEmpty();
            assertThat(struck).allSatisfy(call -> assertThat(call.attempts()).isEqualTo(attempts));
            return thrown;
        }
    }

    private static void assertMessage(Optional<Exception> thrown, String message) {
        if (message.isEmpty()) {
            assertThat(thrown).isEmpty();
        } else {
            assertThat(thrown.map(Throwable::getMessage).orElse("no exception")).contains(message);
        }
    }

    private static Optional<Exception> thrownBy(Write write) {
        try {
            write.run();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    private static void writeByS3A(S3Uri object) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(object.toHadoop());
        try (OutputStream out = FileSystem.get(path.toUri(), lake.hadoop()).create(path, true)) {
            out.write(1);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws Exception;
    }
}
