package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest extends ObjectStoreContract {
    private static final Instant NOON = Instant.parse("2025-12-24T12:00:00Z");

    private InMemoryObjectStore store;
    private int uploads;

    @Override
    protected ObjectStore holding(String... keys) {
        store = InMemoryObjectStore.withBuckets("lake");
        for (String key : keys) {
            store.put(root().resolve(key).toString(), "x");
        }
        return store;
    }

    @Override
    protected Begun begin(S3Uri object, String content) {
        PendingUpload upload = new PendingUpload(object, "upload-" + uploads++);
        store.begin(upload, content);
        return new Begun(upload, List.of("tag"));
    }

    @Test
    void tagsContentWithItsMd5AndTheTimeOfTheWrite() {
        InMemoryObjectStore lake =
                InMemoryObjectStore.withBuckets("lake").at(NOON).put("s3://lake/a", "abc");
        lake.advance(Duration.ofMinutes(5)).put("s3://lake/b", "abc");
        lake.advance(Duration.ofMinutes(1));

        Listing listing = lake.listWithTime(S3Uri.parse("s3://lake"));

        String md5 = "900150983cd24fb0d6963f7d28e17f72";
        assertThat(listing.objects())
                .containsExactly(
                        new StoredObject(S3Uri.parse("s3://lake/a"), 3, md5, NOON),
                        new StoredObject(S3Uri.parse("s3://lake/b"), 3, md5, NOON.plusSeconds(300)));
        assertThat(listing.storeTime()).isEqualTo(NOON.plusSeconds(360));
    }

    @Test
    void ordersKeysByTheirBytesAsS3Does() {
        InMemoryObjectStore lake = InMemoryObjectStore.withBuckets("lake")
                .put("s3://lake/\ud83d\ude00", "a smiling face: the larger UTF-8, the smaller UTF-16")
                .put("s3://lake/\ufffd", "the replacement character");

        assertThat(lake.objects()).containsExactly("s3://lake/\ufffd", "s3://lake/\ud83d\ude00");
    }

    @Test
    void remembersCreationsAndCompletions() {
        PendingUpload upload = new PendingUpload(S3Uri.parse("s3://lake/b"), "1");
        InMemoryObjectStore lake = InMemoryObjectStore.withBuckets("lake").begin(upload);

        lake.create(S3Uri.parse("s3://lake/a"), new byte[0], "text/plain");
        lake.complete(upload, List.of("tag"));

        assertThat(lake.calls()).containsExactly("create s3://lake/a", "complete s3://lake/b");
        assertThat(lake.text("s3://lake/b")).isEmpty();
    }

    @Test
    void remembersTheCallsAndFailsTheOneThatItIsToldTo() {
        JobFailure failure = new JobFailure(FailureKind.SERVICE, "slow down");
        S3Uri object = S3Uri.parse("s3://lake/a");
        InMemoryObjectStore lake = InMemoryObjectStore.withBuckets("lake").failCall(2, failure);

        lake.write(object, new byte[] {1}, "text/plain");
        assertThatThrownBy(() -> lake.delete(List.of(object))).isSameAs(failure);

        assertThat(lake.exists(object)).isTrue();
        assertThat(lake.calls()).containsExactly("write s3://lake/a", "delete s3://lake/a", "exists s3://lake/a");
    }

    @Test
    void keepsUploadsUntilTheyAreAborted() {
        PendingUpload ours = new PendingUpload(S3Uri.parse("s3://lake/out/a"), "1");
        PendingUpload others = new PendingUpload(S3Uri.parse("s3://lake/other/a"), "2");
        InMemoryObjectStore lake =
                InMemoryObjectStore.withBuckets("lake").begin(ours).begin(others);

        assertThat(lake.pendingUploads(S3Uri.parse("s3://lake/out"))).containsExactly(ours);
        lake.abort(ours);
        assertThat(lake.pendingUploads(S3Uri.parse("s3://lake"))).containsExactly(others);
    }
}
