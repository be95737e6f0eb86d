package com.omc.flywheel.common.storage;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The address of an object or a folder in S3: a bucket and a key; the only type of the project that holds one.
 *
 * <p>The scheme is not part of the value: {@code s3://} and {@code s3a://} name the same object, so both are read and
 * {@code s3://} is printed. A folder's key is empty or ends with a slash. A path never leaves the folder that it was
 * built from: {@link #folder} and {@link #file} refuse separators and dots that a file system would follow upwards.
 *
 * @param bucket three to 63 characters, as S3's naming rules have it
 * @param key the key without a leading slash; empty for the bucket itself
 */
public record S3Uri(String bucket, String key) implements Serializable {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    public S3Uri {
        requireBucket(bucket);
    }

    /**
     * Reads {@code s3://bucket/key} or {@code s3a://bucket/key}; throws IllegalArgumentException for anything else, and
     * for a key with an empty part or a part of dots. (A listing may show such keys; nobody may ask for one.)
     */
    public static S3Uri parse(String text) {
        String rest;
        if (text.startsWith("s3://")) {
            rest = text.substring("s3://".length());
        } else if (text.startsWith("s3a://")) {
            rest = text.substring("s3a://".length());
        } else {
            throw new IllegalArgumentException("expected s3://bucket/key, got \"%s\"".formatted(text));
        }
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return new S3Uri(rest, "");
        }
        String key = rest.substring(slash + 1);
        // A key of 1,024 bytes at most: S3 user guide, "Naming Amazon S3 objects".
        if (key.startsWith("/") || key.contains("//") || key.getBytes(StandardCharsets.UTF_8).length > 1024) {
            throw new IllegalArgumentException("\"%s\" has an empty part or too long a key".formatted(text));
        }
        for (String part : key.split("/", -1)) {
            refuseDots(part);
        }
        return new S3Uri(rest.substring(0, slash), key);
    }

    /** This address as a folder: with a slash at its end. */
    public S3Uri asFolder() {
        return key.isEmpty() || key.endsWith("/") ? this : new S3Uri(bucket, key + "/");
    }

    /** The folder of that name directly under this one. */
    public S3Uri folder(String name) {
        return new S3Uri(bucket, asFolder().key + onePart(name) + "/");
    }

    /** The object of that name directly under this folder. */
    public S3Uri file(String name) {
        return new S3Uri(bucket, asFolder().key + onePart(name));
    }

    /** The last part of the key, without a slash at its end; empty for the bucket itself. */
    public String name() {
        String trimmed = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    /** True when the other address is this folder or lies under it. */
    public boolean contains(S3Uri other) {
        return bucket.equals(other.bucket) && other.asFolder().key.startsWith(asFolder().key);
    }

    /** What follows this folder in the key of an object under it, for example {@code IBE_01/part-00000.parquet}. */
    public String relativize(S3Uri object) {
        if (!contains(object)) {
            throw new IllegalArgumentException("%s does not lie under %s".formatted(object, this));
        }
        return object.asFolder().equals(asFolder())
                ? ""
                : object.key.substring(asFolder().key.length());
    }

    /** The object that {@link #relativize} was given. */
    public S3Uri resolve(String relativeKey) {
        for (String part : relativeKey.split("/", -1)) {
            refuseDots(part);
        }
        return new S3Uri(bucket, asFolder().key + relativeKey);
    }

    /** The address under the scheme that Spark and Hadoop are always given: committers are chosen by scheme. */
    public String toHadoop() {
        return "s3a://" + bucket + "/" + key;
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }

    /** Refuses what has not the letters and the length of a bucket's name. */
    static void requireBucket(String name) {
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not the name of an S3 bucket (3 to 63 of a-z, 0-9, dot and hyphen)".formatted(name));
        }
    }

    private static String onePart(String name) {
        if (name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException("\"%s\" is not one part of a key".formatted(name));
        }
        refuseDots(name);
        return name;
    }

    private static void refuseDots(String part) {
        if (part.equals(".") || part.equals("..")) {
            throw new IllegalArgumentException("a key may not have the part \"%s\"".formatted(part));
        }
    }
}
