package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An {@link ObjectStore} in memory that keeps S3's rules: keys in the order of their UTF-8 bytes, tags that are the MD5
 * of the content, no error for deleting what is absent, an error for a bucket that nobody created. Its clock stands still
 * until a test moves it. Several threads may use it.
 *
 * <p>It remembers the calls it got, and can be told to fail one of them. {@link ObjectStoreContract} keeps it honest.
 */
public final class InMemoryObjectStore implements ObjectStore {
    private static final Comparator<String> UTF_8_ORDER = Comparator.comparing(
            key -> key.getBytes(StandardCharsets.UTF_8), (left, right) -> Arrays.compareUnsigned(left, right));

    private final Map<String, NavigableMap<String, Stored>> buckets = new HashMap<>();
    private final Map<PendingUpload, byte[]> uploads = new LinkedHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<Integer, RuntimeException> failures = new HashMap<>();
    private Instant now = Instant.parse("2025-12-01T00:00:00Z");

    private static final class Stored {
        private final byte[] content;
        private final Instant lastModified;

        Stored(byte[] content, Instant lastModified) {
            this.content = content.clone();
            this.lastModified = lastModified;
        }
    }

    /** A store with these buckets and nothing in them. */
    public static InMemoryObjectStore withBuckets(String... names) {
        InMemoryObjectStore store = new InMemoryObjectStore();
        for (String name : names) {
            store.buckets.put(name, new TreeMap<>(UTF_8_ORDER));
        }
        return store;
    }

    /** Sets the store's clock. */
    public synchronized InMemoryObjectStore at(Instant time) {
        now = time;
        return this;
    }

    /** Sets the store's clock forward. */
    public synchronized InMemoryObjectStore advance(Duration passed) {
        now = now.plus(passed);
        return this;
    }

    /** Puts an object as somebody else would: it is no call of the code under test. */
    public synchronized InMemoryObjectStore put(String uri, String content) {
        store(S3Uri.parse(uri), content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Begins a multipart upload of an empty object as somebody else would. */
    public InMemoryObjectStore begin(PendingUpload upload) {
        return begin(upload, "");
    }

    /**
     * Begins a multipart upload as somebody else would, its parts uploaded.
     *
     * @param content what the object will hold once the upload is completed, with whatever tags
     */
    public synchronized InMemoryObjectStore begin(PendingUpload upload, String content) {
        uploads.put(upload, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Makes the call of that number fail, the next one being 1. */
    public synchronized InMemoryObjectStore failCall(int number, RuntimeException failure) {
        failures.put(calls.size() + number, failure);
        return this;
    }

    /** Every call since the store was made, in order: {@code write s3://lake/a.txt}. A delete is a call for each key. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Everything that the store holds, in order. */
    public synchronized List<String> objects() {
        return buckets.entrySet().stream()
                .flatMap(bucket -> bucket.getValue().keySet().stream().map(key -> new S3Uri(bucket.getKey(), key)))
                .map(S3Uri::toString)
                .sorted(UTF_8_ORDER)
                .toList();
    }

    /** An object's content as text; fails when there is none. */
    public synchronized String text(String uri) {
        S3Uri object = S3Uri.parse(uri);
        Stored stored = bucket("s3:GetObject", object).get(object.key());
        if (stored == null) {
            throw new AssertionError("there is no %s, only %s".formatted(uri, objects()));
        }
        return new String(stored.content, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized List<S3Uri> folders(S3Uri parent) {
        called("folders", parent);
        S3Uri folder = parent.asFolder();
        Set<String> names = new LinkedHashSet<>();
        for (String key : keysUnder(folder)) {
            int slash = key.indexOf('/', folder.key().length());
            if (slash >= 0) {
                names.add(key.substring(0, slash + 1));
            }
        }
        return names.stream().map(key -> new S3Uri(folder.bucket(), key)).toList();
    }

    @Override
    public synchronized Listing listWithTime(S3Uri folder) {
        called("list", folder);
        S3Uri prefix = folder.asFolder();
        List<StoredObject> objects = keysUnder(prefix).stream()
                .map(key -> {
                    Stored stored = buckets.get(prefix.bucket()).get(key);
                    return new StoredObject(
                            new S3Uri(prefix.bucket(), key),
                            stored.content.length,
                            md5(stored.content),
                            stored.lastModified);
                })
                .toList();
        return new Listing(objects, now);
    }

    @Override
    public synchronized Optional<byte[]> read(S3Uri object) {
        called("read", object);
        return Optional.ofNullable(bucket("s3:GetObject", object).get(object.key()))
                .map(stored -> stored.content.clone());
    }

    @Override
    public synchronized boolean exists(S3Uri object) {
        called("exists", object);
        return bucket("s3:GetObject", object).containsKey(object.key());
    }

    @Override
    public synchronized void write(S3Uri object, byte[] content, String contentType) {
        called("write", object);
        store(object, content);
    }

    @Override
    public synchronized boolean create(S3Uri object, byte[] content, String contentType) {
        called("create", object);
        Stored there = bucket("s3:PutObject", object).get(object.key());
        if (there != null) {
            return Arrays.equals(there.content, content);
        }
        store(object, content);
        return true;
    }

    @Override
    public synchronized void delete(Collection<S3Uri> objects) {
        Set<String> named = new LinkedHashSet<>();
        objects.forEach(object -> named.add(object.bucket()));
        if (named.size() > 1) {
            throw new IllegalArgumentException("one delete spans the buckets " + String.join(" and ", named));
        }
        for (S3Uri object : objects) {
            called("delete", object);
            bucket("s3:DeleteObject", object).remove(object.key());
        }
    }

    @Override
    public synchronized List<PendingUpload> pendingUploads(S3Uri folder) {
        called("pendingUploads", folder);
        bucket("s3:ListBucketMultipartUploads", folder);
        return uploads.keySet().stream()
                .filter(upload -> folder.asFolder().contains(upload.uri()))
                .toList();
    }

    @Override
    public synchronized void complete(PendingUpload upload, List<String> partEtags) {
        called("complete", upload.uri());
        byte[] content = uploads.remove(upload);
        if (content != null) {
            store(upload.uri(), content);
        } else if (!bucket("s3:PutObject", upload.uri())
                .containsKey(upload.uri().key())) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "s3:PutObject on %s: its multipart upload was aborted; see which run wrote there last"
                            .formatted(upload.uri()));
        }
    }

    @Override
    public synchronized void abort(PendingUpload upload) {
        called("abort", upload.uri());
        uploads.remove(upload);
    }

    private void store(S3Uri object, byte[] content) {
        bucket("s3:PutObject", object).put(object.key(), new Stored(content, now));
    }

    private List<String> keysUnder(S3Uri folder) {
        return bucket("s3:ListBucket", folder).tailMap(folder.key(), true).keySet().stream()
                .takeWhile(key -> key.startsWith(folder.key()))
                .toList();
    }

    private NavigableMap<String, Stored> bucket(String action, S3Uri subject) {
        NavigableMap<String, Stored> bucket = buckets.get(subject.bucket());
        if (bucket == null) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "%s on %s: there is no such bucket in memory; check the path, or create the bucket"
                            .formatted(action, subject));
        }
        return bucket;
    }

    private void called(String verb, S3Uri subject) {
        calls.add(verb + " " + subject);
        RuntimeException failure = failures.remove(calls.size());
        if (failure != null) {
            throw failure;
        }
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
