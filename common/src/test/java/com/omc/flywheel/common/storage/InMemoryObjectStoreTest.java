package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest extends ObjectStoreContract {
    @Override
    protected ObjectStore holding(String... keys) {
        InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
        for (String key : keys) {
            store.put(root().resolve(key).toString(), "x");
        }
        return store;
    }

    @Test
    void tagsContentWithItsMd5() {
        InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake").put("s3://lake/a", "abc");

        assertThat(store.list(S3Uri.parse("s3://lake")))
                .containsExactly(new StoredObject(S3Uri.parse("s3://lake/a"), 3, "900150983cd24fb0d6963f7d28e17f72"));
    }

    @Test
    void ordersKeysByTheirBytesAsS3Does() {
        InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake")
                .put("s3://lake/\ud83d\ude00", "a smiling face: the larger UTF-8, the smaller UTF-16")
                .put("s3://lake/\ufffd", "the replacement character");

        assertThat(store.objects()).containsExactly("s3://lake/\ufffd", "s3://lake/\ud83d\ude00");
    }

    @Test
    void remembersTheCallsAndFailsTheOneThatItIsToldTo() {
        JobFailure failure = new JobFailure(FailureKind.SERVICE, "slow down");
        S3Uri object = S3Uri.parse("s3://lake/a");
        InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake").failCall(2, failure);

        store.write(object, new byte[] {1}, "text/plain");
        assertThatThrownBy(() -> store.delete(List.of(object))).isSameAs(failure);

        assertThat(store.exists(object)).isTrue();
        assertThat(store.calls()).containsExactly("write s3://lake/a", "delete s3://lake/a", "exists s3://lake/a");
    }

    @Test
    void keepsUploadsUntilTheyAreAborted() {
        PendingUpload ours = new PendingUpload(S3Uri.parse("s3://lake/out/a"), "1");
        PendingUpload others = new PendingUpload(S3Uri.parse("s3://lake/other/a"), "2");
        InMemoryObjectStore store =
                InMemoryObjectStore.withBuckets("lake").begin(ours).begin(others);

        assertThat(store.pendingUploads(S3Uri.parse("s3://lake/out"))).containsExactly(ours);
        store.abort(ours);
        assertThat(store.pendingUploads(S3Uri.parse("s3://lake"))).containsExactly(others);
    }
}
