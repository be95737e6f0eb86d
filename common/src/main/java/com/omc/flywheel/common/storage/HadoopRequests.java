package com.omc.flywheel.common.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSupport;

/** Tells how many requests Hadoop's connector S3A, and so Spark, has sent to S3 from this JVM. */
public final class HadoopRequests {
    /** Attempts of requests as the SDK's metrics have them; S3A feeds it ({@code AwsStatisticsCollector}). */
    private static final String HTTP_REQUESTS = "store_io_request";

    private HadoopRequests() {}

    /**
     * How many HTTP requests went to the buckets of these places so far, each attempt of a repeated one counted.
     *
     * <p>Hadoop keeps one file system for each bucket, user and JVM; the count is that of its whole life. A file system
     * that keeps no statistics counts as 0, and so does one that nothing was asked of yet.
     *
     * @param hadoop the configuration that the work was done under
     */
    public static long sentTo(Configuration hadoop, Collection<S3Uri> places) {
        return places.stream()
                .map(S3Uri::bucket)
                .distinct()
                .mapToLong(bucket -> sentBy(fileSystem(hadoop, bucket)))
                .sum();
    }

    private static long sentBy(FileSystem fileSystem) {
        IOStatistics statistics = IOStatisticsSupport.retrieveIOStatistics(fileSystem);
        return statistics == null ? 0 : statistics.counters().getOrDefault(HTTP_REQUESTS, 0L);
    }

    private static FileSystem fileSystem(Configuration hadoop, String bucket) {
        String address = new S3Uri(bucket, "").toHadoop();
        try {
            return FileSystem.get(URI.create(address), hadoop);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "counting the requests to %s: Hadoop has no file system".formatted(address), e);
        }
    }
}
