package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.IDS_TARGET;
import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.sequence.jobs.RecordingProxy.Request;
import com.omc.flywheel.testdata.GeneratorOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which encryption a job asks for when it writes, as the requests say it that reach the server. */
class EncryptionTest {
    private static final String KMS_KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";
    private static final String ENCRYPTION = "x-amz-server-side-encryption";
    private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";

    @TempDir
    Path data;

    private Lake lake;
    private RecordingProxy proxy;

    @BeforeEach
    void start() throws Exception {
        lake = new Lake(data);
        Path mapping = lake.mapping("IBE_01,ibe1802,x,x,1");
        lake.generate(GeneratorOptions.defaults().withRows(200).withMapping(mapping));
        proxy = new RecordingProxy(URI.create(lake.environment().get("AWS_ENDPOINT_URL_S3")));
    }

    @AfterEach
    void stop() {
        proxy.close();
        lake.close();
    }

    @Test
    void encryptsEveryObjectWithTheKeyOfTheJob() {
        List<Request> writes = writesOfARun("KMS_KEY_ID", KMS_KEY);

        assertThat(writes).allSatisfy(write -> {
            assertThat(write.headers().get(ENCRYPTION)).as(write.toString()).containsExactly("aws:kms");
            assertThat(write.headers().get(KEY_ID)).as(write.toString()).containsExactly(KMS_KEY);
        });
    }

    @Test
    void leavesEncryptionToTheBucketWithoutAKey() {
        List<Request> writes = writesOfARun();

        assertThat(writes).allSatisfy(write -> assertThat(write.headers())
                .as(write.toString())
                .doesNotContainKeys("X-amz-server-side-encryption", "X-amz-server-side-encryption-aws-kms-key-id"));
    }

    /** Every request that makes an object, of both clients; that of a part inherits the encryption of its upload. */
    private List<Request> writesOfARun(String... namesAndValues) {
        Lake.run(
                Map.of("AWS_ENDPOINT_URL_S3", proxy.endpoint().toString()),
                AddressableBucketJob.DEFINITION,
                addressableArguments(namesAndValues));
        List<Request> writes =
                proxy.requests().stream().filter(EncryptionTest::makesAnObject).toList();

        String target = "/%s/%s".formatted(IDS_TARGET.bucket(), IDS_TARGET.key());
        assertThat(writes)
                .as("uploads of S3A begun")
                .anyMatch(write -> write.method().equals("POST") && write.path().endsWith(".snappy.parquet"));
        assertThat(writes)
                .as("small objects of S3A")
                .anyMatch(write -> write.method().equals("PUT") && write.path().endsWith(".pendingset"));
        assertThat(writes)
                .as("objects of the store")
                .extracting(Request::path)
                .contains(
                        target + "metadata/snapshot_dt.txt",
                        target + "_flywheel/manifests/snapshot_dt=2025-11-01/manifest.json",
                        target + "_flywheel/current.json");
        return writes;
    }

    private static boolean makesAnObject(Request request) {
        boolean part = request.query().contains("uploadId=");
        boolean begin = request.query().equals("uploads") || request.query().equals("uploads=");
        return (request.method().equals("PUT") && !part) || (request.method().equals("POST") && begin);
    }
}
