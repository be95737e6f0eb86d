package com.omc.flywheel.sequence.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** S3A as the jobs set it up, against a server of the tests and with retries that take no time. */
public final class TestS3A {
    private TestS3A() {}

    public static Configuration configuration(URI endpoint) {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.s3a.committer.name", "magic");
        hadoop.set("fs.s3a.committer.magic.enabled", "true");
        hadoop.set("fs.s3a.committer.magic.track.commits.in.memory.enabled", "true");
        hadoop.set(
                "mapreduce.outputcommitter.factory.scheme.s3a", "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
        hadoop.set("fs.s3a.endpoint.region", "us-east-1");
        hadoop.set("fs.s3a.endpoint", endpoint.toString());
        hadoop.set("fs.s3a.path.style.access", "true");
        hadoop.set("fs.s3a.connection.ssl.enabled", "false");
        quickRetries(hadoop);
        return hadoop;
    }

    /** Hadoop keeps a client for each bucket as long as the JVM lives, also when the bucket's server is another one. */
    public static void closeConnections() {
        try {
            FileSystem.closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void quickRetries(Configuration hadoop) {
        // The SDK's own retries, whose waits cannot be set: S3A takes its adaptive mode.
        hadoop.set("fs.s3a.attempts.maximum", "1");
        hadoop.set("fs.s3a.retry.limit", "2");
        hadoop.set("fs.s3a.retry.interval", "5ms");
        hadoop.set("fs.s3a.retry.throttle.limit", "2");
        hadoop.set("fs.s3a.retry.throttle.interval", "5ms");
    }
}
