package com.omc.flywheel.common.storage;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link ObjectStore} must do; run by the fake and by S3's adapter, so that the fake cannot lie.
 *
 * <p>No key is also a folder of another here: stores that keep objects as files cannot hold both.
 */
public abstract class ObjectStoreContract {
    // An answer of S3 holds 1,000 names, and a delete as many keys: Amazon S3 API reference.
    private static final int MORE_THAN_ONE_PAGE = 1001;

    /** A store that holds a one-byte object at each of these keys under {@link #root} and nothing else there. */
    protected abstract ObjectStore holding(String... keys);

    /** The folder that the keys of {@link #holding} lie under. */
    protected S3Uri root() {
        return S3Uri.parse("s3://lake/contract/");
    }

    /** A folder in a bucket that does not exist. */
    protected S3Uri inNoBucket() {
        return S3Uri.parse("s3://flywheel-bucket-that-nobody-made/claims/");
    }

    /** False for a server that answers a delete in a bucket that does not exist like one of an absent key; S3 does not. */
    protected boolean refusesADeleteInNoBucket() {
        return true;
    }

    @Test
    void listsFoldersDirectlyUnderTheParentOnly() {
        ObjectStore store = holding(
                "claims/2025/a.csv", "claims/2025/deep/b.csv", "claims/2024/c.csv", "claims/d.csv", "claims-old/1/e");

        assertThat(store.folders(at("claims/"))).containsExactly(at("claims/2024/"), at("claims/2025/"));
        assertThat(store.folders(at("claims"))).containsExactly(at("claims/2024/"), at("claims/2025/"));
        assertThat(store.folders(at("claims/2024/"))).isEmpty();
        assertThat(store.folders(at("absent/"))).isEmpty();
    }

    @Test
    void listsMoreFoldersThanOnePageHolds() {
        List<String> names = numbered("snapshot_dt=%05d");
        ObjectStore store =
                holding(names.stream().map(name -> "in/" + name + "/a").toArray(String[]::new));

        assertThat(store.folders(at("in/"))).extracting(S3Uri::name).containsExactlyElementsOf(names);
    }

    @Test
    void listsEveryObjectUnderAFolderInTheOrderOfTheKeys() {
        ObjectStore store = holding("in/b", "in/a/2", "in/a-b", "in/B", "in/a/1", "in-other/a", "i");

        assertThat(keys(store.list(at("in/")))).containsExactly("in/B", "in/a-b", "in/a/1", "in/a/2", "in/b");
        assertThat(keys(store.list(at("in")))).containsExactly("in/B", "in/a-b", "in/a/1", "in/a/2", "in/b");
        assertThat(store.list(at("absent/"))).isEmpty();
    }

    @Test
    void listsMoreObjectsThanOnePageHolds() {
        List<String> expected = numbered("in/part-%05d");
        ObjectStore store = holding(expected.toArray(String[]::new));

        assertThat(keys(store.list(at("in/")))).containsExactlyElementsOf(expected);
    }

    @Test
    void tellsSizeAndATagThatChangesWithTheContent() {
        ObjectStore store = holding("in/a", "in/b", "in/other");
        write(store, "in/other", "longer");

        List<StoredObject> objects = store.list(at("in/"));

        assertThat(objects).extracting(StoredObject::bytes).containsExactly(1L, 1L, 6L);
        assertThat(objects.get(0).etag())
                .matches("[0-9a-f]+")
                .isEqualTo(objects.get(1).etag())
                .isNotEqualTo(objects.get(2).etag());
    }

    @Test
    void readsWhatWasWritten() {
        ObjectStore store = holding();

        write(store, "in/new.txt", "Zürich\n");

        assertThat(read(store, "in/new.txt")).isEqualTo("Zürich\n");
        assertThat(store.exists(at("in/new.txt"))).isTrue();
    }

    @Test
    void writesAnEmptyObject() {
        ObjectStore store = holding();

        write(store, "in/_SUCCESS", "");

        assertThat(read(store, "in/_SUCCESS")).isEmpty();
        assertThat(store.list(at("in/"))).extracting(StoredObject::bytes).containsExactly(0L);
    }

    @Test
    void replacesWhatWasThere() {
        ObjectStore store = holding("in/a");

        write(store, "in/a", "second");

        assertThat(read(store, "in/a")).isEqualTo("second");
        assertThat(store.list(at("in/"))).hasSize(1);
    }

    @Test
    void hasNothingAtAKeyThatIsAbsentOrOnlyTheBeginningOfOne() {
        ObjectStore store = holding("in/data.csv");

        assertThat(store.read(at("in/absent"))).isEmpty();
        assertThat(store.exists(at("in/absent"))).isFalse();
        assertThat(store.read(at("in/data"))).isEmpty();
        assertThat(store.exists(at("in/data"))).isFalse();
    }

    @Test
    void deletesWhatIsNamedAndNothingElse() {
        ObjectStore store = holding("in/a", "in/ab", "in/b");

        store.delete(List.of(at("in/a"), at("in/b")));

        assertThat(keys(store.list(at("in/")))).containsExactly("in/ab");
    }

    @Test
    void deletesNothingWhenNothingIsNamed() {
        ObjectStore store = holding("in/a");

        store.delete(List.of());

        assertThat(keys(store.list(at("in/")))).containsExactly("in/a");
    }

    @Test
    void takesADeleteOfWhatIsAbsentForDone() {
        ObjectStore store = holding("in/a");

        store.delete(List.of(at("in/absent"), at("in/a"), at("in/a-too")));

        assertThat(store.list(at("in/"))).isEmpty();
    }

    @Test
    void deletesMoreObjectsThanOneCallTakes() {
        List<String> keys = numbered("in/part-%05d");
        ObjectStore store =
                holding(Stream.concat(keys.stream(), Stream.of("in/kept")).toArray(String[]::new));

        store.delete(keys.stream().map(this::at).toList());

        assertThat(keys(store.list(at("in/")))).containsExactly("in/kept");
    }

    @Test
    void refusesADeleteThatSpansBuckets() {
        ObjectStore store = holding("in/a");

        assertThatThrownBy(() -> store.delete(List.of(at("in/a"), inNoBucket().file("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("one delete spans the buckets")
                .hasMessageContainingAll(root().bucket(), inNoBucket().bucket());
        assertThat(store.exists(at("in/a"))).isTrue();
    }

    @Test
    void takesAnAbortOfAnUploadThatIsGoneForDone() {
        ObjectStore store = holding("in/a");

        store.abort(new PendingUpload(at("in/b"), "an-upload-that-nobody-began"));

        assertThat(store.pendingUploads(root())).isEmpty();
        assertThat(keys(store.list(at("in/")))).containsExactly("in/a");
    }

    /** Not {@code exists}: S3 answers a HEAD without a body, and so does not say whether key or bucket is missing. */
    private enum Call {
        FOLDERS,
        LIST,
        READ,
        WRITE,
        PENDING_UPLOADS
    }

    @ParameterizedTest
    @EnumSource
    void namesTheBucketThatDoesNotExist(Call call) {
        ObjectStore store = holding();

        assertFails(FailureKind.MISSING_INPUT, inNoBucket(store, call))
                .hasMessageContaining("no such bucket")
                .hasMessageContaining("s3://" + inNoBucket().bucket());
    }

    @Test
    void namesTheBucketThatDoesNotExistOnADelete() {
        ObjectStore store = holding();
        ThrowingCallable delete = () -> store.delete(List.of(inNoBucket().file("a")));

        if (refusesADeleteInNoBucket()) {
            assertFails(FailureKind.MISSING_INPUT, delete)
                    .hasMessageContaining("no such bucket")
                    .hasMessageContaining("s3://" + inNoBucket().bucket());
        } else {
            assertThatCode(delete).doesNotThrowAnyException();
        }
    }

    private ThrowingCallable inNoBucket(ObjectStore store, Call call) {
        S3Uri folder = inNoBucket();
        S3Uri object = folder.file("a");
        return switch (call) {
            case FOLDERS -> () -> store.folders(folder);
            case LIST -> () -> store.list(folder);
            case READ -> () -> store.read(object);
            case WRITE -> () -> store.write(object, new byte[0], "text/plain");
            case PENDING_UPLOADS -> () -> store.pendingUploads(folder);
        };
    }

    private S3Uri at(String key) {
        return root().resolve(key);
    }

    private void write(ObjectStore store, String key, String content) {
        store.write(at(key), content.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    private String read(ObjectStore store, String key) {
        return new String(store.read(at(key)).orElseThrow(), StandardCharsets.UTF_8);
    }

    private List<String> keys(List<StoredObject> objects) {
        return objects.stream().map(object -> root().relativize(object.uri())).toList();
    }

    private static List<String> numbered(String form) {
        return IntStream.range(0, MORE_THAN_ONE_PAGE).mapToObj(form::formatted).toList();
    }
}
