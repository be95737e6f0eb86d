package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSnapshot;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.junit.jupiter.api.Test;

/** What S3A itself counts is held against a server in the module that has S3A on its class path. */
class HadoopRequestsTest {
    @Test
    void areAddedOverTheBucketsEachOnce() {
        Configuration hadoop = of(Counting.class);

        assertThat(HadoopRequests.sentTo(hadoop, places("s3://lake/in", "s3://lake/out", "s3://warehouse/out")))
                .isEqualTo("lake".length() + "warehouse".length());
        assertThat(HadoopRequests.sentTo(hadoop, List.of())).isZero();
    }

    @Test
    void areNoneForAFileSystemThatDoesNotCount() {
        assertThat(HadoopRequests.sentTo(of(RawLocalFileSystem.class), places("s3://lake/in")))
                .isZero();
        assertThat(HadoopRequests.sentTo(of(CountingOtherThings.class), places("s3://lake/in")))
                .isZero();
    }

    @Test
    void nameTheBucketThatHadoopCannotReach() {
        assertThatThrownBy(() -> HadoopRequests.sentTo(of(Broken.class), places("s3://lake/in")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("counting the requests to s3a://lake/: Hadoop has no file system")
                .hasRootCauseMessage("out of order");
    }

    private static List<S3Uri> places(String... uris) {
        return List.of(uris).stream().map(S3Uri::parse).toList();
    }

    private static Configuration of(Class<? extends RawLocalFileSystem> fileSystem) {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.s3a.impl", fileSystem.getName());
        hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
        return hadoop;
    }

    /** Has sent as many requests as its bucket's name has letters. */
    public static final class Counting extends RawLocalFileSystem implements IOStatisticsSource {
        private final IOStatisticsSnapshot counted = new IOStatisticsSnapshot();

        @Override
        public void initialize(URI uri, Configuration hadoop) {
            counted.setCounter("store_io_request", uri.getHost().length());
        }

        @Override
        public IOStatistics getIOStatistics() {
            return counted;
        }
    }

    /** Keeps statistics, but not of requests. */
    public static final class CountingOtherThings extends RawLocalFileSystem implements IOStatisticsSource {
        @Override
        public void initialize(URI uri, Configuration hadoop) {}

        @Override
        public IOStatistics getIOStatistics() {
            return new IOStatisticsSnapshot();
        }
    }

    /** Cannot be opened. */
    public static final class Broken extends RawLocalFileSystem {
        @Override
        public void initialize(URI uri, Configuration hadoop) throws IOException {
            throw new IOException("out of order");
        }
    }
}
