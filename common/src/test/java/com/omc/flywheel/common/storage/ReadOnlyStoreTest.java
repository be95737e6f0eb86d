package com.omc.flywheel.common.storage;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.failure.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadOnlyStoreTest {
    private static final S3Uri OBJECT = S3Uri.parse("s3://lake/a/object");
    private static final PendingUpload UPLOAD = new PendingUpload(OBJECT, "1");

    private final InMemoryObjectStore behind = InMemoryObjectStore.withBuckets("lake");
    private final ReadOnlyStore store = new ReadOnlyStore(behind);

    @Test
    void readsWhatIsThere() {
        behind.put(OBJECT.toString(), "content");

        assertThat(store.read(OBJECT)).hasValue(new byte[] {'c', 'o', 'n', 't', 'e', 'n', 't'});
        assertThat(store.exists(OBJECT)).isTrue();
        assertThat(store.list(S3Uri.parse("s3://lake/a/"))).hasSize(1);
    }

    @Test
    void refusesEveryChangeBeforeTheStoreIsAsked() {
        behind.put(OBJECT.toString(), "content");

        assertRefused("write " + OBJECT, () -> store.write(OBJECT, new byte[0], "text/plain"));
        assertRefused(
                "create s3://lake/new", () -> store.create(S3Uri.parse("s3://lake/new"), new byte[0], "text/plain"));
        assertRefused("delete 1 objects", () -> store.delete(List.of(OBJECT)));
        assertRefused("complete an upload", () -> store.complete(UPLOAD, List.of("etag")));
        assertRefused("abort an upload", () -> store.abort(UPLOAD));
        assertThat(behind.read(OBJECT)).hasValue(new byte[] {'c', 'o', 'n', 't', 'e', 'n', 't'});
        assertThat(behind.list(S3Uri.parse("s3://lake/"))).hasSize(1);
    }

    private static void assertRefused(String what, Runnable change) {
        assertFails(FailureKind.CONFLICT, change::run).hasMessageContainingAll(what, "a plan changes nothing");
    }
}
