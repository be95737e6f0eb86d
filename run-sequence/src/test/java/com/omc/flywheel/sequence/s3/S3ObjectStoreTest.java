package com.omc.flywheel.sequence.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.ObjectStoreContract;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What S3's adapter promises, on the embedded server, and on another one when {@value #ENDPOINT} names it. */
class S3ObjectStoreTest {
    private static final String ENDPOINT = "FLYWHEEL_TEST_ENDPOINT_URL_S3";
    /** A bucket that may be written to under {@code contract/}. */
    private static final String BUCKET = "FLYWHEEL_TEST_BUCKET";

    @Nested
    class OnTheEmbeddedServer extends Contract {
        @TempDir
        static Path data;

        private EmbeddedS3 server;

        @Override
        URI start() {
            server = EmbeddedS3.start(Path.of(System.getProperty("flywheel.home")), data);
            server.createBucket(bucket());
            return server.endpoint();
        }

        @Override
        String bucket() {
            return "lake";
        }

        /** S3Proxy answers it like a delete of an absent key. */
        @Override
        protected boolean refusesADeleteInNoBucket() {
            return false;
        }

        @Override
        void stop() {
            server.close();
        }
    }

    /** Credentials and region come from the variables that the AWS SDK reads. */
    @Nested
    @EnabledIfEnvironmentVariable(named = ENDPOINT, matches = ".+")
    @EnabledIfEnvironmentVariable(named = BUCKET, matches = ".+")
    class OnTheEndpointOfTheEnvironment extends Contract {
        @Override
        URI start() {
            return URI.create(System.getenv(ENDPOINT));
        }

        @Override
        String bucket() {
            return System.getenv(BUCKET);
        }

        @Override
        void stop() {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract extends ObjectStoreContract {
        // An answer of S3 holds 1,000 uploads: Amazon S3 API reference, ListMultipartUploads.
        private static final int MORE_THAN_ONE_PAGE = 1001;

        private S3ObjectStore store;
        private S3Client s3;
        private S3Uri root;

        /** Starts the server and gives its address. */
        abstract URI start();

        abstract String bucket();

        abstract void stop();

        @BeforeAll
        void connect() {
            URI endpoint = start();
            store = S3ObjectStore.connect(S3Connection.fromEnvironment(
                    Map.of("AWS_ENDPOINT_URL_S3", endpoint.toString(), "AWS_REGION", region())));
            s3 = S3Client.builder()
                    .endpointOverride(endpoint)
                    .region(Region.of(region()))
                    .forcePathStyle(true)
                    .build();
        }

        @AfterEach
        void deleteWhatTheTestMade() {
            if (root != null) {
                store.pendingUploads(root).forEach(store::abort);
                store.delete(store.list(root).stream().map(StoredObject::uri).toList());
                root = null;
            }
        }

        @AfterAll
        void disconnect() {
            store.close();
            s3.close();
            stop();
        }

        /** A folder for each test. */
        @Override
        protected S3Uri root() {
            if (root == null) {
                root = new S3Uri(bucket(), "contract/" + UUID.randomUUID() + "/");
            }
            return root;
        }

        @Override
        protected ObjectStore holding(String... keys) {
            S3Uri folder = root();
            Stream.of(keys).parallel().forEach(key -> store.write(folder.resolve(key), new byte[] {'x'}, "text/plain"));
            return store;
        }

        @Override
        protected Begun begin(S3Uri object, String content) {
            PendingUpload upload = begin(object);
            String eTag = s3.uploadPart(
                            request -> request.bucket(object.bucket())
                                    .key(object.key())
                                    .uploadId(upload.uploadId())
                                    .partNumber(1),
                            RequestBody.fromString(content))
                    .eTag();
            return new Begun(upload, List.of(eTag));
        }

        @Test
        void listsUploadsUnderAFolderUntilTheyAreCompletedOrAborted() {
            Begun completed = begin(root().resolve("out/part-0"), "rows");
            PendingUpload aborted = begin(root().resolve("out/part-1"));
            PendingUpload same = begin(root().resolve("out/part-1"));
            PendingUpload elsewhere = begin(root().resolve("out-other/part-0"));
            assertThat(store.pendingUploads(root().folder("out")))
                    .containsExactlyInAnyOrder(completed.upload(), aborted, same);

            store.complete(completed.upload(), completed.partEtags());
            store.abort(aborted);
            store.abort(aborted);

            assertThat(store.pendingUploads(root())).containsExactlyInAnyOrder(same, elsewhere);
            assertThat(store.list(root()))
                    .extracting(StoredObject::uri)
                    .containsExactly(completed.upload().uri());
        }

        @Test
        void showsNothingOfAnUploadThatIsNotCompleted() {
            PendingUpload upload = begin(root().resolve("out/part-0"), "rows").upload();

            assertThat(store.list(root())).isEmpty();
            assertThat(store.exists(upload.uri())).isFalse();
            assertThat(store.read(upload.uri())).isEmpty();
        }

        @Test
        void listsMoreUploadsThanOnePageHolds() {
            S3Uri folder = root().folder("out");
            List<PendingUpload> begun = IntStream.range(0, MORE_THAN_ONE_PAGE)
                    .parallel()
                    .mapToObj(number -> begin(folder.file("part-%05d".formatted(number))))
                    .toList();

            assertThat(store.pendingUploads(folder)).containsExactlyInAnyOrderElementsOf(begun);

            begun.parallelStream().forEach(store::abort);
            assertThat(store.pendingUploads(folder)).isEmpty();
        }

        private PendingUpload begin(S3Uri object) {
            String uploadId = s3.createMultipartUpload(
                            request -> request.bucket(object.bucket()).key(object.key()))
                    .uploadId();
            return new PendingUpload(object, uploadId);
        }

        private static String region() {
            return System.getenv().getOrDefault("AWS_REGION", "us-east-1");
        }
    }
}
