package com.omc.flywheel.common.storage;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.aws.AnsweringServer;
import com.omc.flywheel.common.aws.AnsweringServer.Request;
import com.omc.flywheel.common.failure.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link S3ObjectStore} asks of S3, and makes of answers that no emulator gives. */
class S3ObjectStoreRequestsTest {
    private static final S3Uri OBJECT = S3Uri.parse("s3://lake/out/_flywheel/current.json");
    private static final byte[] OURS = "ours".getBytes(StandardCharsets.UTF_8);
    private static final PendingUpload UPLOAD = new PendingUpload(OBJECT, "1");
    private static final String COMPLETED =
            "<CompleteMultipartUploadResult><ETag>\"0a-1\"</ETag></CompleteMultipartUploadResult>";

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

    @Test
    void ofACreationAskForNothingToBeThere() {
        s3.answering(200, "");

        try (S3ObjectStore store = connect(Optional.of("alias/lake"))) {
            assertThat(store.create(OBJECT, OURS, "application/json")).isTrue();
        }

        assertThat(s3.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/lake/out/_flywheel/current.json");
            assertThat(request.headers().get("If-None-Match")).containsExactly("*");
            assertThat(request.headers().getFirst("x-amz-server-side-encryption"))
                    .isEqualTo("aws:kms");
            assertThat(request.headers().getFirst("x-amz-server-side-encryption-aws-kms-key-id"))
                    .isEqualTo("alias/lake");
            assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        });
    }

    @Test
    void ofAWriteReplaceWhatIsThere() {
        s3.answering(200, "");

        try (S3ObjectStore store = connect()) {
            store.write(OBJECT, OURS, "application/json");
        }

        assertThat(s3.requests()).singleElement().satisfies(request -> assertThat(request.headers())
                .doesNotContainKey("If-none-match"));
    }

    @Test
    void ofACreationAreSentAgainWhenTheyMetAnother() {
        s3.refusing(409, "ConditionalRequestConflict")
                .refusing(409, "ConditionalRequestConflict")
                .answering(200, "");

        try (S3ObjectStore store = connect()) {
            assertThat(store.create(OBJECT, OURS, "application/json")).isTrue();
        }

        assertThat(s3.requests()).extracting(Request::method).containsExactly("PUT", "PUT", "PUT");
        assertThat(s3.requests())
                .allSatisfy(request ->
                        assertThat(request.headers().get("If-None-Match")).containsExactly("*"));
    }

    @Test
    void ofACreationAreGivenUpWhenTheyMeetOthersForEver() {
        s3.refusing(409, "ConditionalRequestConflict");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.CONFLICT, () -> store.create(OBJECT, OURS, "application/json"))
                    .hasMessageContaining("s3:PutObject on " + OBJECT)
                    .hasMessageContaining("answered 409 ConditionalRequestConflict");
        }

        assertThat(s3.requests()).hasSize(5);
    }

    @Test
    void areNotSentAgainForAnotherConflict() {
        s3.refusing(409, "OperationAborted");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.CONFLICT, () -> store.create(OBJECT, OURS, "application/json"))
                    .hasMessageContaining("answered 409 OperationAborted");
        }

        assertThat(s3.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ours,true", "theirs,false"})
    void ofACreationReadBackWhoseTheObjectIs(String there, boolean created) {
        s3.refusing(500, "InternalError").refusing(412, "PreconditionFailed").answering(200, there);

        try (S3ObjectStore store = connect()) {
            assertThat(store.create(OBJECT, OURS, "application/json")).isEqualTo(created);
        }

        assertThat(s3.requests()).extracting(Request::method).containsExactly("PUT", "PUT", "GET");
    }

    @Test
    void ofACreationStartAnewWhenTheObjectWentAway() {
        s3.refusing(412, "PreconditionFailed").refusing(404, "NoSuchKey").answering(200, "");

        try (S3ObjectStore store = connect()) {
            assertThat(store.create(OBJECT, OURS, "application/json")).isTrue();
        }

        assertThat(s3.requests()).extracting(Request::method).containsExactly("PUT", "GET", "PUT");
    }

    @Test
    void ofACreationEndWhenTheObjectComesAndGoes() {
        for (int i = 0; i < 6; i++) {
            s3.refusing(412, "PreconditionFailed").refusing(404, "NoSuchKey");
        }

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.CONFLICT, () -> store.create(OBJECT, OURS, "application/json"))
                    .hasMessage(
                            "CONFLICT: s3:PutObject on s3://lake/out/_flywheel/current.json: 5 times the object was there when it was to be created and gone when it was read; start the job again when nothing else writes there");
        }

        assertThat(s3.requests()).hasSize(10);
    }

    @Test
    void ofACompletionNumberThePartsInTheirOrder() {
        s3.answering(200, COMPLETED);

        try (S3ObjectStore store = connect()) {
            store.complete(UPLOAD, List.of("tag-b", "tag-a"));
        }

        assertThat(s3.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/lake/out/_flywheel/current.json");
            assertThat(request.query()).isEqualTo("uploadId=1");
            assertThat(request.body())
                    .containsSubsequence(
                            "<ETag>tag-b</ETag><PartNumber>1</PartNumber>",
                            "<ETag>tag-a</ETag><PartNumber>2</PartNumber>");
        });
    }

    /** S3 sends the head of its answer before it knows the outcome: Amazon S3 API reference, CompleteMultipartUpload. */
    @Test
    void ofACompletionAreSentAgainWhenTheAnswerBeginsWellAndEndsInAnError() {
        s3.refusing(200, "InternalError").answering(200, COMPLETED);

        try (S3ObjectStore store = connect()) {
            store.complete(UPLOAD, List.of("tag"));
        }

        assertThat(s3.requests()).extracting(Request::method).containsExactly("POST", "POST");
    }

    @Test
    void ofACompletionFailWhenTheAnswerAlwaysEndsInAnError() {
        s3.refusing(200, "InternalError");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.SERVICE, () -> store.complete(UPLOAD, List.of("tag")))
                    .hasMessageContaining("s3:PutObject on " + OBJECT)
                    .hasMessageContaining("InternalError");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 200})
    void ofACompletionLookForTheObjectWhenTheUploadIsGone(int status) {
        s3.refusing(status, "NoSuchUpload").answering(200, "");

        try (S3ObjectStore store = connect()) {
            store.complete(UPLOAD, List.of("tag"));
        }

        assertThat(s3.requests()).extracting(Request::method).containsExactly("POST", "HEAD");
    }

    @Test
    void ofACompletionFailWhenUploadAndObjectAreGone() {
        s3.refusing(404, "NoSuchUpload").refusing(404, "");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.CONFLICT, () -> store.complete(UPLOAD, List.of("tag")))
                    .hasMessage(
                            "CONFLICT: s3:PutObject on s3://lake/out/_flywheel/current.json: its multipart upload was aborted, by another run that took over or by a lifecycle rule of the bucket; see which run wrote there last, and start this job again when no other one runs");
        }
    }

    @Test
    void ofACompletionFailWhenAPartIsNotWhatWasUploaded() {
        s3.refusing(400, "InvalidPart");

        try (S3ObjectStore store = connect()) {
            assertFails(FailureKind.BAD_ARGUMENT, () -> store.complete(UPLOAD, List.of("tag")))
                    .hasMessageContaining("answered 400 InvalidPart");
        }

        assertThat(s3.requests()).hasSize(1);
    }

    @Test
    void tellTheTimeOfTheLastPage() throws IOException {
        String page =
                """
                <ListBucketResult><IsTruncated>%s</IsTruncated>%s<Contents><Key>out/%s</Key>\
                <LastModified>2025-12-24T12:0%s:00.000Z</LastModified><ETag>"0a"</ETag><Size>1</Size></Contents>\
                </ListBucketResult>""";
        String first = page.formatted("true", "<NextContinuationToken>next</NextContinuationToken>", "a", 1);
        String last = page.formatted("false", "", "b", 2);
        try (DatedServer dated = new DatedServer(
                        new DatedServer.Answer("Date: Wed, 24 Dec 2025 12:03:00 GMT", first),
                        new DatedServer.Answer("Date: Wed, 24 Dec 2025 12:04:05 GMT", last));
                S3ObjectStore store = S3ObjectStore.connectAnonymously(dated.connection())) {
            Listing listing = store.listWithTime(S3Uri.parse("s3://lake/out"));

            assertThat(listing)
                    .isEqualTo(new Listing(
                            List.of(
                                    new StoredObject(
                                            S3Uri.parse("s3://lake/out/a"),
                                            1,
                                            "0a",
                                            Instant.parse("2025-12-24T12:01:00Z")),
                                    new StoredObject(
                                            S3Uri.parse("s3://lake/out/b"),
                                            1,
                                            "0a",
                                            Instant.parse("2025-12-24T12:02:00Z"))),
                            Instant.parse("2025-12-24T12:04:05Z")));
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Date: none,none", "Date: yesterday,yesterday", "Date: 2025-12-24T12:04:05Z,2025-12-24T12:04:05Z"})
    void nameWhatAnsweredWithoutATimeThatCanBeRead(String header, String said) throws IOException {
        try (DatedServer undated =
                        new DatedServer(new DatedServer.Answer(header, "<ListBucketResult></ListBucketResult>"));
                S3ObjectStore store = S3ObjectStore.connectAnonymously(undated.connection())) {
            assertFails(FailureKind.SERVICE, () -> store.listWithTime(OBJECT))
                    .hasMessage(
                            "SERVICE: s3:ListBucket on %s: %s answered without the time (its header Date: %s); check what stands between the job and the store",
                            OBJECT.asFolder(), undated.connection().describe(), said);
        }
    }

    @Test
    void areCountedEachTimeTheyAreSent() {
        s3.refusing(500, "InternalError")
                .refusing(503, "SlowDown")
                .answering(200, "content")
                .refusing(403, "AccessDenied");

        try (S3ObjectStore store = connect();
                S3ObjectStore other = connect()) {
            assertThat(store.requests()).isZero();
            store.read(OBJECT);
            assertThat(store.requests()).isEqualTo(3);
            assertFails(FailureKind.ACCESS_DENIED, () -> store.exists(OBJECT));

            assertThat(store.requests()).isEqualTo(4).isEqualTo(s3.requests().size());
            assertThat(other.requests()).isZero();
        }
    }

    private S3ObjectStore connect() {
        return connect(Optional.empty());
    }

    private S3ObjectStore connect(Optional<String> kmsKeyId) {
        return S3ObjectStore.connectAnonymously(
                S3Connection.fromEnvironment(s3.environment()).withKmsKeyId(kmsKeyId));
    }
}
