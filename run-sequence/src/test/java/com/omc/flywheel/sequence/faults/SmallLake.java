package com.omc.flywheel.sequence.faults;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A bucket on a server of its own, with both clients connected to it. */
public final class SmallLake implements AutoCloseable {
    public static final S3Uri ROOT = S3Uri.parse("s3://lake/");

    private final Path data;
    private final EmbeddedS3 server;
    private final S3ObjectStore store;
    private final Configuration hadoop;

    public SmallLake(Path data) {
        this.data = data;
        server = EmbeddedS3.start(Path.of(System.getProperty("flywheel.home")), data);
        server.createBucket(ROOT.bucket());
        store = connect(server.endpoint());
        hadoop = TestS3A.configuration(server.endpoint());
    }

    /** Our client as a job connects it. */
    public static S3ObjectStore connect(URI endpoint) {
        return S3ObjectStore.connect(
                new S3Connection(Optional.of(endpoint), Optional.of("us-east-1"), Optional.empty()));
    }

    /** The name of a run that begins now. */
    public static RunId newRun() {
        return RunId.begin(Clock.systemUTC(), new SecureRandom().nextInt());
    }

    public DataSet dataSet(String name) {
        return new DataSet(ROOT.folder(name));
    }

    public URI endpoint() {
        return server.endpoint();
    }

    public ObjectStore store() {
        return store;
    }

    /** What S3A is to be set up with; another server has other settings. */
    public Configuration hadoop() {
        return hadoop;
    }

    /** A run of this text on a data set of this name. */
    TinyRun run(String dataSet, String text) {
        return TinyRun.of(store, hadoop, dataSet(dataSet), text);
    }

    StoredDataSet stored(DataSet dataSet) {
        return new StoredDataSet(store, dataSet);
    }

    /**
     * Lets two hours go by for the leases of a data set: by the store's clock, which alone counts, they were written so much
     * earlier.
     */
    void letLeasesAge(DataSet dataSet) {
        Path folder = data.resolve(ROOT.bucket())
                .resolve(dataSet.root().folder("_flywheel").folder("lease").key());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                Files.setLastModifiedTime(file, FileTime.from(written.minus(Duration.ofHours(2))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        TestS3A.closeConnections();
        store.close();
        server.close();
    }
}
