package com.omc.flywheel.common.storage;

import java.util.regex.Pattern;

/**
 * The name of an S3 bucket, where an argument takes the bucket alone.
 *
 * @param value three to 63 lower-case letters, digits, dots and hyphens (S3 user guide, "Bucket naming rules")
 */
public record BucketName(String value) {
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    public BucketName {
        if (value.contains("/") || value.contains(":")) {
            throw new IllegalArgumentException(
                    "expected the name of a bucket alone, like my-reports, got \"%s\"; leave out s3:// and every slash"
                            .formatted(value));
        }
        if (value.contains("..") || ADDRESS.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not the name of an S3 bucket (no two dots in a row, no IP address)".formatted(value));
        }
        S3Uri.requireBucket(value);
    }

    public static BucketName parse(String text) {
        return new BucketName(text);
    }

    /**
     * A folder of the bucket; throws IllegalArgumentException for a prefix that {@link S3Uri#parse} would not read.
     *
     * @param prefix what the keys in it begin with, without a leading slash; empty for the bucket itself
     */
    public S3Uri folder(String prefix) {
        return S3Uri.parse("s3://" + value + "/" + prefix).asFolder();
    }

    @Override
    public String toString() {
        return value;
    }
}
