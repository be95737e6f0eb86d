package com.omc.flywheel.common.storage;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.AnsweringServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link S3ObjectStore} asks of S3, and makes of answers that no emulator gives. */
class S3ObjectStoreRequestsTest {
    private static final S3Uri OBJECT = S3Uri.parse("s3://lake/out/_flywheel/current.json");

    private AnsweringServer s3;

    @BeforeEach
    void start() throws IOException {
        s3 = new AnsweringServer();
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void encryptEveryWriteUnderTheKeyThatIsGiven() {
        s3.answering(200, "");

        try (S3ObjectStore store = connect(Optional.of("alias/lake"))) {
            store.write(OBJECT, new byte[] {1}, "application/json");
        }

        assertThat(s3.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/lake/out/_flywheel/current.json");
            assertThat(request.headers().getFirst("x-amz-server-side-encryption"))
                    .isEqualTo("aws:kms");
            assertThat(request.headers().getFirst("x-amz-server-side-encryption-aws-kms-key-id"))
                    .isEqualTo("alias/lake");
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        });
    }

    @Test
    void leaveEncryptionToTheBucketWithoutAKey() {
        s3.answering(200, "");

        try (S3ObjectStore store = connect()) {
            store.write(OBJECT, new byte[] {1}, "application/json");
        }

        assertThat(s3.requests()).singleElement().satisfies(request -> assertThat(request.headers())
                .doesNotContainKey("X-amz-server-side-encryption"));
    }

    @ParameterizedTest
    @CsvSource({"500,InternalError", "503,ServiceUnavailable"})
    void areSentAgainWhenTheServiceIsAtFault(int status, String code) {
        s3.refusing(status, code).refusing(status, code).answering(200, "content");

        try (S3ObjectStore store = connect()) {
            assertThat(store.read(OBJECT).orElseThrow())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("content");
        }

        assertThat(s3.requests()).extracting(Request::method).containsExactly("GET", "GET", "GET");
    }

    @Test
    void areGivenUpAfterFiveAttempts() {
        s3.refusing(500, "InternalError");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.SERVICE, () -> store.read(OBJECT))
                    .hasMessageStartingWith(
                            "SERVICE: s3:GetObject on s3://lake/out/_flywheel/current.json: the endpoint")
                    .hasMessageContaining("answered 500 InternalError");
        }

        assertThat(s3.requests()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"403,AccessDenied,ACCESS_DENIED", "400,InvalidRequest,BAD_ARGUMENT", "404,NoSuchBucket,MISSING_INPUT"})
    void areNotSentAgainWhenTheRequestIsAtFault(int status, String code, FailureKind kind) {
        s3.refusing(status, code);

        try (S3ObjectStore store = connect()) {
            assertFails(kind, () -> store.list(OBJECT)).hasMessageContaining("s3:ListBucket on " + OBJECT.asFolder());
        }

        assertThat(s3.requests()).hasSize(1);
    }

    @Test
    void areRefusedWithoutABodyToo() {
        s3.answering(403, "");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.ACCESS_DENIED, () -> store.exists(OBJECT))
                    .hasMessageContaining("s3:GetObject on %s was refused", OBJECT);
        }
    }

    @Test
    void nameTheObjectThatS3DidNotDeleteAlthoughItAnsweredWell() {
        s3.answering(
                200,
                """
                <DeleteResult>
                  <Error><Key>out/a</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>
                  <Error><Key>out/b</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>
                </DeleteResult>""");

        try (S3ObjectStore store = connect()) {
            List<S3Uri> objects = List.of(S3Uri.parse("s3://lake/out/a"), S3Uri.parse("s3://lake/out/b"));
            assertFails(FailureKind.ACCESS_DENIED, () -> store.delete(objects))
                    .hasMessage(
                            "ACCESS_DENIED: s3:DeleteObject on s3://lake/out/a: AccessDenied Access Denied (2 objects were not deleted)");
        }
    }

    private S3ObjectStore connect() {
        return connect(Optional.empty());
    }

    private S3ObjectStore connect(Optional<String> kmsKeyId) {
        return S3ObjectStore.connectAnonymously(s3.connection().withKmsKeyId(kmsKeyId));
    }
}
