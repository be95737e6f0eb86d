package com.omc.flywheel.sequence.s3;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An S3 server inside this JVM over a folder: a bucket is a folder, an object is a file in it.
 *
 * <p>It listens on the loopback address only and answers as soon as {@link #start} returns. What was stored is there
 * again when a server is started on the same folder later, and files that are put into a bucket's folder by other means
 * are objects too, see {@link #adoptFiles}. Several servers may run at once, each over a folder of its own. {@code If-None-Match: *} is atomic,
 * {@code If-Match} is not; object tags and versions are not supported.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final String JARS = "run-sequence/embedded-s3/target/lib";

    private final Path data;
    private final IsolatedS3Proxy server;

    private EmbeddedS3(Path data, IsolatedS3Proxy server) {
        this.data = data;
        this.server = server;
    }

    /** Starts a server that lets everyone in, on any free port. */
    public static EmbeddedS3 start(Path home, Path data) {
        return start(home, data, EmbeddedS3Options.open());
    }

    /**
     * Starts a server.
     *
     * @param home the root folder of this project, whose build has collected the server's jars
     * @param data the folder that holds the buckets; it is made when it is not there
     */
    public static EmbeddedS3 start(Path home, Path data, EmbeddedS3Options options) {
        List<Path> jars = jars(home.resolve(JARS));
        Path folder = data.toAbsolutePath().normalize();
        createFolder(folder);
        StoredETags.requireSupport(folder);
        return new EmbeddedS3(folder, IsolatedS3Proxy.start(jars, folder, options));
    }

    /** Where the server listens, for example {@code http://127.0.0.1:40123}: the value for AWS_ENDPOINT_URL_S3. */
    public URI endpoint() {
        return URI.create("http://" + IsolatedS3Proxy.HOST + ":" + server.port());
    }

    /** Makes a bucket unless it is there. It needs no credentials, and works on a read-only server. */
    public void createBucket(String bucket) {
        createFolder(folder(bucket));
    }

    /** The buckets that there are, in the order of their names. */
    public List<String> buckets() {
        try (Stream<Path> folders = Files.list(data)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that holds the objects of a bucket, whether the bucket is there or not. */
    public Path folder(String bucket) {
        return data.resolve(new S3Uri(bucket, "").bucket());
    }

    /**
     * Gives an ETag to every file that was put into a bucket's folder by other means and has none; its content is read
     * for that. Without an ETag an object can be listed and read, but not by S3A.
     */
    public void adoptFiles(String bucket) {
        try {
            StoredETags.addMissing(folder(bucket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops listening. What was stored stays in the folder, parts of unfinished uploads included. */
    @Override
    public void close() {
        server.close();
    }

    private static List<Path> jars(Path folder) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList();
                if (!jars.isEmpty()) {
                    return jars;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new JobFailure(
                FailureKind.ENVIRONMENT,
                "the jars of the embedded S3 server are not in %s; collect them with ./mvnw -Pquick package"
                        .formatted(folder));
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "the embedded S3 server cannot make its folder %s (%s); choose another one".formatted(folder, e),
                    e);
        }
    }
}
