package com.omc.flywheel.sequence.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Writes whose repetition S3 answers differently, by a client that has no opinion about it. */
class RepeatedWriteFaultTest {
    @TempDir
    static Path data;

    private static SmallLake lake;
    private static S3Client client;

    @BeforeAll
    static void startLake() {
        lake = new SmallLake(data);
        client = S3Client.builder()
                .endpointOverride(lake.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stopLake() {
        client.close();
        lake.close();
    }

    @Test
    void meetsTheObjectThatATimedOutAttemptCreated() {
        try (InstalledFaults faults =
                Faults.none().failing(Calls.write(1), Fault.TIMED_OUT_ONCE).install()) {
            assertThatThrownBy(() -> create("created"))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("Status Code: 412");

            assertThat(faults.struck()).extracting(RecordedCall::attempts).containsExactly(2);
        }
        assertThat(lake.store().exists(SmallLake.ROOT.file("created"))).isTrue();
    }

    @Test
    void findsNoUploadOnceATimedOutAttemptCompletedIt() {
        String upload = client.createMultipartUpload(
                        request -> request.bucket("lake").key("completed"))
                .uploadId();
        String etag = client.uploadPart(
                        request -> request.bucket("lake")
                                .key("completed")
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        CompletedPart part = CompletedPart.builder().partNumber(1).eTag(etag).build();

        try (InstalledFaults faults = Faults.none()
                .failing(Calls.write(1), Fault.TIMED_OUT_THEN_NO_SUCH_UPLOAD)
                .install()) {
            assertThatThrownBy(() -> client.completeMultipartUpload(request -> request.bucket("lake")
                            .key("completed")
                            .uploadId(upload)
                            .multipartUpload(parts -> parts.parts(part))))
                    .isInstanceOf(NoSuchUploadException.class)
                    .hasMessageContaining("Status Code: 404");

            assertThat(faults.struck()).extracting(RecordedCall::attempts).containsExactly(2);
        }
        assertThat(lake.store().exists(SmallLake.ROOT.file("completed"))).isTrue();
    }

    @Test
    void hearsOfAConflictOfConditionalWritesByItsOwnName() {
        try (InstalledFaults faults = Faults.none()
                .failing(Calls.first(Calls.like(S3Call::conditional)), Fault.CONFLICT)
                .install()) {
            assertThatThrownBy(() -> create("conflict"))
                    .isInstanceOfSatisfying(S3Exception.class, refused -> assertThat(
                                    refused.awsErrorDetails().errorCode())
                            .isEqualTo("ConditionalRequestConflict"))
                    .hasMessageContaining("Status Code: 409");
            create("conflict");

            assertThat(faults.struck()).hasSize(1);
        }
    }

    private static void create(String key) {
        client.putObject(
                request -> request.bucket("lake").key(key).ifNoneMatch("*"), RequestBody.fromString("content"));
    }
}
