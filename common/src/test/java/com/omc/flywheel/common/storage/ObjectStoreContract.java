package com.omc.flywheel.common.storage;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    private static final int MANY = 16;

    /** A store that holds a one-byte object at each of these keys under {@link #root} and nothing else there. */
    protected abstract ObjectStore holding(String... keys);

    /** Begins a multipart upload in the store that {@link #holding} gave, and uploads its only part. */
    protected abstract Begun begin(S3Uri object, String content);

    /**
     * An upload that only has to be completed.
     *
     * @param partEtags the tags of its parts
     */
    public record Begun(PendingUpload upload, List<String> partEtags) {}

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

    @Test
    void createsAnObjectOnce() {
        ObjectStore store = holding();

        assertThat(create(store, "in/lease.json", "first")).isTrue();

        assertThat(read(store, "in/lease.json")).isEqualTo("first");
        assertThat(keys(store.list(root()))).containsExactly("in/lease.json");
    }

    @Test
    void createsTheSameAgain() {
        ObjectStore store = holding();
        create(store, "in/lease.json", "first");

        assertThat(create(store, "in/lease.json", "first")).isTrue();

        assertThat(read(store, "in/lease.json")).isEqualTo("first");
    }

    @Test
    void createsNothingWhereOtherContentIs() {
        ObjectStore store = holding("in/taken");
        write(store, "in/empty", "");

        assertThat(create(store, "in/taken", "second")).isFalse();
        assertThat(create(store, "in/empty", "second")).isFalse();

        assertThat(read(store, "in/taken")).isEqualTo("x");
        assertThat(read(store, "in/empty")).isEmpty();
    }

    @Test
    void createsAgainWhatWasDeleted() {
        ObjectStore store = holding("in/lease.json");
        store.delete(List.of(at("in/lease.json")));

        assertThat(create(store, "in/lease.json", "second")).isTrue();

        assertThat(read(store, "in/lease.json")).isEqualTo("second");
    }

    @Test
    void letsExactlyOneOfManyCreateAKey() throws Exception {
        ObjectStore store = holding();
        CyclicBarrier together = new CyclicBarrier(MANY);
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        try {
            List<Future<Boolean>> answers = threads.invokeAll(IntStream.range(0, MANY)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        together.await(1, TimeUnit.MINUTES);
                        return create(store, "in/lease.json", "run " + number);
                    })
                    .toList());

            List<String> winners = new ArrayList<>();
            for (int number = 0; number < MANY; number++) {
                if (answers.get(number).get()) {
                    winners.add("run " + number);
                }
            }
            assertThat(winners).containsExactly(read(store, "in/lease.json"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tellsByItsOwnClockWhenAnObjectWasWritten() {
        ObjectStore store = holding();

        Instant before = store.listWithTime(root()).storeTime();
        write(store, "in/written", "x");
        create(store, "in/created", "x");
        Begun begun = begin(at("in/uploaded"), "x");
        store.complete(begun.upload(), begun.partEtags());
        Listing after = store.listWithTime(root());

        // S3 tells both times in whole seconds.
        assertThat(after.objects()).hasSize(3).allSatisfy(object -> assertThat(object.lastModified())
                .isBetween(before.minusSeconds(1), after.storeTime().plusSeconds(1)));
        assertThat(Duration.between(before, after.storeTime())).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void listsTheSameWithTheTimeAsWithout() {
        ObjectStore store = holding("in/a", "in/b/c", "in-other/a");

        assertThat(store.listWithTime(at("in")).objects()).hasSize(2).isEqualTo(store.list(at("in/")));
        assertThat(store.listWithTime(at("absent")).objects()).isEmpty();
    }

    @Test
    void makesAnUploadAnObjectWhenItIsCompleted() {
        ObjectStore store = holding("in/a");
        Begun begun = begin(at("in/part-0"), "rows");
        Begun other = begin(at("in/part-1"), "others");
        assertThat(keys(store.list(root()))).containsExactly("in/a");
        assertThat(store.pendingUploads(root())).containsExactlyInAnyOrder(begun.upload(), other.upload());

        store.complete(begun.upload(), begun.partEtags());

        assertThat(read(store, "in/part-0")).isEqualTo("rows");
        assertThat(keys(store.list(root()))).containsExactly("in/a", "in/part-0");
        assertThat(store.pendingUploads(root())).containsExactly(other.upload());
    }

    @Test
    void takesASecondCompletionForDone() {
        ObjectStore store = holding();
        Begun begun = begin(at("in/part-0"), "rows");
        store.complete(begun.upload(), begun.partEtags());

        store.complete(begun.upload(), begun.partEtags());

        assertThat(read(store, "in/part-0")).isEqualTo("rows");
    }

    @Test
    void saysThatAnUploadWasAbortedInsteadOfCompletingIt() {
        ObjectStore store = holding("in/a");
        Begun begun = begin(at("in/part-0"), "rows");
        store.abort(begun.upload());

        assertFails(FailureKind.CONFLICT, () -> store.complete(begun.upload(), begun.partEtags()))
                .hasMessageContaining("s3:PutObject on " + at("in/part-0"))
                .hasMessageContaining("its multipart upload was aborted");

        assertThat(keys(store.list(root()))).containsExactly("in/a");
    }

    /** Not {@code exists}: S3 answers a HEAD without a body, and so does not say whether key or bucket is missing. */
    private enum Call {
        FOLDERS,
        LIST,
        READ,
        WRITE,
        CREATE,
        PENDING_UPLOADS,
        COMPLETE
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
            case CREATE -> () -> store.create(object, new byte[0], "text/plain");
            case PENDING_UPLOADS -> () -> store.pendingUploads(folder);
            case COMPLETE -> () -> store.complete(new PendingUpload(object, "1"), List.of("tag"));
        };
    }

    private S3Uri at(String key) {
        return root().resolve(key);
    }

    private void write(ObjectStore store, String key, String content) {
        store.write(at(key), content.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    private boolean create(ObjectStore store, String key, String content) {
        return store.create(at(key), content.getBytes(StandardCharsets.UTF_8), "application/json");
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
