package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.addressableArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.job.Launch;
import com.omc.flywheel.common.storage.HadoopRequests;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.sequence.jobs.RecordingProxy.Request;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds S3A's own count against the requests that come over the wire. */
class HadoopRequestsTest {
    private static final S3Uri FOLDER = Lake.ROOT.folder("requests");
    // More than one part of the smallest size.
    private static final int LARGE = 11 << 20;

    @TempDir
    java.nio.file.Path data;

    private Lake lake;
    private RecordingProxy proxy;
    private Configuration hadoop;

    @BeforeEach
    void start() throws IOException {
        FileSystem.closeAll();
        lake = new Lake(data);
        proxy = new RecordingProxy(URI.create(lake.environment().get("AWS_ENDPOINT_URL_S3")));
        hadoop = through(proxy.endpoint());
    }

    @AfterEach
    void stop() throws IOException {
        FileSystem.closeAll();
        proxy.close();
        lake.close();
    }

    @Test
    void areThoseThatReachTheServer() throws IOException {
        FileSystem fileSystem = FileSystem.get(URI.create("s3a://lake/"), hadoop);
        assertThat(sent()).isZero();

        work(fileSystem);

        assertThat(sent()).isPositive().isEqualTo(proxy.requests().size());
    }

    @Test
    void ofARunAreThoseOfSparkAndItsCommitter() throws IOException {
        java.nio.file.Path mapping = lake.mapping("IBE_01,ibe1802,x,x,1");
        lake.generate(GeneratorOptions.defaults().withRows(200).withMapping(mapping));
        List<String> tokens = new ArrayList<>();
        addressableArguments().forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));

        new Launch(
                        Map.of("AWS_ENDPOINT_URL_S3", proxy.endpoint().toString()),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .run(AddressableBucketJob.DEFINITION, tokens);

        List<Request> ofHadoop = proxy.requests().stream()
                .filter(request -> request.headers().getFirst("User-Agent").contains("Hadoop"))
                .toList();
        assertThat(ofHadoop).hasSizeBetween(10, proxy.requests().size() - 1);
        assertThat(sent()).isEqualTo(ofHadoop.size());
    }

    private static void work(FileSystem fileSystem) throws IOException {
        Path folder = new Path(FOLDER.toHadoop());
        for (int bytes : List.of(0, 10, LARGE)) {
            Path file = new Path(folder, "of-" + bytes);
            try (OutputStream out = fileSystem.create(file)) {
                out.write(new byte[bytes]);
            }
            try (FSDataInputStream in = fileSystem.open(file)) {
                assertThat(in.readAllBytes()).hasSize(bytes);
            }
        }
        assertThat(fileSystem.listStatus(folder)).hasSize(3);
        assertThat(fileSystem.exists(new Path(folder, "absent"))).isFalse();
        fileSystem.rename(new Path(folder, "of-10"), new Path(folder, "renamed"));
        fileSystem.delete(folder, true);
    }

    @Test
    void areCountedEachTimeTheyAreSent() throws IOException {
        AtomicInteger seen = new AtomicInteger();
        byte[] error =
                "<Error><Code>InternalError</Code><Message>because</Message></Error>".getBytes(StandardCharsets.UTF_8);
        HttpServer failing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        failing.createContext("/", exchange -> {
            try (exchange) {
                seen.incrementAndGet();
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(500, head ? -1 : error.length);
                if (!head) {
                    exchange.getResponseBody().write(error);
                }
            }
        });
        failing.start();
        try {
            hadoop = through(
                    URI.create("http://127.0.0.1:" + failing.getAddress().getPort()));
            hadoop.setInt("fs.s3a.attempts.maximum", 3);
            hadoop.setInt("fs.s3a.retry.limit", 1);
            hadoop.set("fs.s3a.retry.interval", "10ms");
            FileSystem fileSystem = FileSystem.get(URI.create("s3a://lake/"), hadoop);

            assertThatThrownBy(() -> fileSystem.getFileStatus(new Path("s3a://lake/a")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("500");

            assertThat(sent()).isGreaterThan(3).isEqualTo(seen.get());
        } finally {
            failing.stop(0);
        }
    }

    private long sent() {
        return HadoopRequests.sentTo(hadoop, List.of(FOLDER, Lake.ROOT));
    }

    private static Configuration through(URI endpoint) {
        Configuration hadoop = new Configuration();
        Map.of(
                        "fs.s3a.endpoint", endpoint.toString(),
                        "fs.s3a.endpoint.region", "us-east-1",
                        "fs.s3a.path.style.access", "true",
                        "fs.s3a.connection.ssl.enabled", "false",
                        "fs.s3a.multipart.size", "5M",
                        "fs.s3a.access.key", "anyone",
                        "fs.s3a.secret.key", "anything")
                .forEach(hadoop::set);
        return hadoop;
    }
}
