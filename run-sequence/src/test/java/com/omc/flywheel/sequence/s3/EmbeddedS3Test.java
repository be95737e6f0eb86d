package com.omc.flywheel.sequence.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class EmbeddedS3Test {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    private static final String BUCKET = "lake";
    private static final String KEY = "raw/snapshot_dt=2025-11-01/part-0.parquet";
    private static final int PART_BYTES = 5 * 1024 * 1024;

    @TempDir
    private Path data;

    private EmbeddedS3 server;
    private S3Client s3;

    @BeforeEach
    void start() {
        server = EmbeddedS3.start(HOME, data);
        server.createBucket(BUCKET);
        s3 = Clients.connect(server);
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    @Test
    void givesBackWhatWasPut() {
        put(KEY, "rows");

        assertThat(get(KEY)).isEqualTo("rows");
        assertThat(server.folder(BUCKET).resolve(KEY)).hasContent("rows");
        assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void listsKeysInPagesAndFoldersByDelimiter() {
        IntStream.range(0, 5).forEach(i -> put("raw/snapshot_dt=2025-11-0%d/part-0.parquet".formatted(i + 1), "x"));

        assertThat(s3.listObjectsV2Paginator(request -> request.bucket(BUCKET).maxKeys(2)).contents().stream())
                .extracting(S3Object::key)
                .hasSize(5)
                .isSorted();
        assertThat(s3.listObjectsV2(
                                request -> request.bucket(BUCKET).prefix("raw/").delimiter("/"))
                        .commonPrefixes())
                .extracting(CommonPrefix::prefix)
                .hasSize(5)
                .contains("raw/snapshot_dt=2025-11-01/");
    }

    @Test
    void refusesToReplaceWhatMustNotBeThere() {
        put(KEY, "first");

        assertThatThrownBy(() -> s3.putObject(
                        request -> request.bucket(BUCKET).key(KEY).ifNoneMatch("*"), RequestBody.fromString("second")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412))
                .hasMessageContaining("412");
        assertThat(get(KEY)).isEqualTo("first");
    }

    @Test
    void putsAnObjectTogetherFromItsParts() {
        String uploadId = startUpload();
        List<CompletedPart> parts = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> uploadPart(uploadId, number))
                .toList();
        assertThat(keys()).isEmpty();

        s3.completeMultipartUpload(request ->
                request.bucket(BUCKET).key(KEY).uploadId(uploadId).multipartUpload(upload -> upload.parts(parts)));

        assertThat(s3.headObject(request -> request.bucket(BUCKET).key(KEY)).contentLength())
                .isEqualTo(3L * PART_BYTES);
        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void listsAndAbortsUnfinishedUploads() {
        String uploadId = startUpload();
        uploadPart(uploadId, 1);

        assertThat(uploads("raw/")).extracting(MultipartUpload::uploadId).containsExactly(uploadId);
        assertThat(uploads("other/")).isEmpty();
        s3.abortMultipartUpload(request -> request.bucket(BUCKET).key(KEY).uploadId(uploadId));

        assertThat(uploads("raw/")).isEmpty();
        assertThat(keys()).isEmpty();
        assertThat(server.folder(BUCKET)).isEmptyDirectory();
    }

    @Test
    void findsFilesThatWerePutIntoTheFolder() throws Exception {
        Path file = server.folder(BUCKET).resolve(KEY);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "rows");

        assertThat(get(KEY)).isEqualTo("rows");
        assertThat(keys()).containsExactly(KEY);
    }

    @Test
    void givesAnETagToAdoptedFiles() throws Exception {
        Path file = server.folder(BUCKET).resolve("raw/part-0.parquet");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "rows");
        assertThat(list().contents()).extracting(S3Object::eTag).containsOnlyNulls();
        put("put", "rows");

        server.adoptFiles(BUCKET);

        String eTag = list().contents().get(0).eTag();
        assertThat(list().contents()).extracting(S3Object::eTag).containsExactly(eTag, eTag);
        assertThat(s3.headObject(request -> request.bucket(BUCKET).key("raw/part-0.parquet"))
                        .eTag())
                .isEqualTo(eTag);
    }

    @Test
    void findsWhatAnEarlierServerStored() {
        put(KEY, "rows");
        String uploadId = startUpload();
        uploadPart(uploadId, 1);
        String eTag = list().contents().get(0).eTag();
        stop();

        server = EmbeddedS3.start(HOME, data);
        s3 = Clients.connect(server);

        assertThat(get(KEY)).isEqualTo("rows");
        assertThat(list().contents()).extracting(S3Object::eTag).containsExactly(eTag);
        assertThat(uploads("")).extracting(MultipartUpload::uploadId).containsExactly(uploadId);
    }

    @Test
    void runsTwiceAtOnce(@TempDir Path otherData) {
        try (EmbeddedS3 otherServer = EmbeddedS3.start(HOME, otherData);
                S3Client other = Clients.connect(otherServer)) {
            otherServer.createBucket(BUCKET);
            put(KEY, "rows");

            assertThat(otherServer.endpoint()).isNotEqualTo(server.endpoint());
            assertThat(other.listObjectsV2(request -> request.bucket(BUCKET)).contents())
                    .isEmpty();
        }
    }

    @Test
    void letsOnlyTheGivenCredentialsIn(@TempDir Path otherData) {
        EmbeddedS3Options options = EmbeddedS3Options.open().withCredentials("known", "secret");
        try (EmbeddedS3 guarded = EmbeddedS3.start(HOME, otherData, options);
                S3Client known = Clients.connect(guarded, "known", "secret");
                S3Client unknown = Clients.connect(guarded, "unknown", "secret");
                S3Client forged = Clients.connect(guarded, "known", "guess")) {
            guarded.createBucket(BUCKET);

            assertThat(known.listBuckets().buckets()).hasSize(1);
            assertDenied(() -> unknown.listBuckets());
            assertDenied(() -> forged.listBuckets());
        }
    }

    @Test
    void deniesEveryChangeWhenItIsReadOnly() {
        put(KEY, "rows");
        stop();
        server = EmbeddedS3.start(HOME, data, EmbeddedS3Options.open().asReadOnly());
        s3 = Clients.connect(server);

        assertThat(keys()).containsExactly(KEY);
        assertDenied(() -> put("other", "rows"));
        assertDenied(() -> startUpload());
        assertDenied(() -> s3.deleteObject(request -> request.bucket(BUCKET).key(KEY)));
        assertDenied(() -> s3.deleteObjects(request -> request.bucket(BUCKET)
                .delete(delete ->
                        delete.objects(ObjectIdentifier.builder().key(KEY).build()))));
        assertThat(get(KEY)).isEqualTo("rows");
    }

    @Test
    void saysHowToGetTheServersJars(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> EmbeddedS3.start(elsewhere, data))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("./mvnw -Pquick package");
    }

    @Test
    void saysThatThePortIsTaken(@TempDir Path otherData) {
        EmbeddedS3Options taken =
                EmbeddedS3Options.open().withPort(server.endpoint().getPort());

        assertThatThrownBy(() -> EmbeddedS3.start(HOME, otherData, taken))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("choose another port");
    }

    @Test
    void stopsWhileClientsKeepConnections() {
        put(KEY, "rows");
        long before = System.nanoTime();

        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    private static void assertDenied(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403))
                .hasMessageContaining("403");
    }

    private void put(String key, String text) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asUtf8String();
    }

    private String startUpload() {
        return s3.createMultipartUpload(request -> request.bucket(BUCKET).key(KEY))
                .uploadId();
    }

    private CompletedPart uploadPart(String uploadId, int number) {
        String eTag = s3.uploadPart(
                        request -> request.bucket(BUCKET)
                                .key(KEY)
                                .uploadId(uploadId)
                                .partNumber(number),
                        RequestBody.fromBytes(new byte[PART_BYTES]))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }

    private ListObjectsV2Response list() {
        return s3.listObjectsV2(request -> request.bucket(BUCKET));
    }

    private List<String> keys() {
        return list().contents().stream().map(S3Object::key).toList();
    }

    private List<MultipartUpload> uploads(String prefix) {
        return s3.listMultipartUploads(request -> request.bucket(BUCKET).prefix(prefix))
                .uploads();
    }
}
