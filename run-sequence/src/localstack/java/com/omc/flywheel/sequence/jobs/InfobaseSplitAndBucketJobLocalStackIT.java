package com.omc.flywheel.sequence.jobs;

import static com.omc.flywheel.sequence.jobs.Lake.splitArguments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.sequence.localstack.LocalStack;
import com.omc.flywheel.sequence.localstack.LocalStackBucket;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;

/** A whole job on LocalStack, from its arguments to what another engine reads back. */
class InfobaseSplitAndBucketJobLocalStackIT {
    private static final int ROWS = 300;

    @Nested
    @Testcontainers(disabledWithoutDocker = true)
    @DisabledIfEnvironmentVariable(named = LocalStack.ENDPOINT, matches = ".+")
    class InAContainer extends OnLocalStack {
        @Container
        private static final LocalStackContainer CONTAINER = LocalStack.container();

        @Override
        URI endpoint() {
            return CONTAINER.getEndpoint();
        }
    }

    @Nested
    @EnabledIfEnvironmentVariable(named = LocalStack.ENDPOINT, matches = ".+")
    class AtTheEndpointOfTheEnvironment extends OnLocalStack {
        @Override
        URI endpoint() {
            return LocalStack.endpointOfTheEnvironment();
        }
    }

    abstract static class OnLocalStack {
        private static final String MAPPING =
                """
                OMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER
                IBE_01,customer_user_id,Key,Customer_User_id,
                IBE_01,ibe1802,Home,IBE1802,1802
                IBE_01,ibe2001,Age,IBE2001,2001
                MIACS_02,customer_user_id,Key,Customer_User_id,
                MIACS_02,miacs_02_017,Spend,MIACS_02_017,17
                MIACS_02,miacs_02_018,Spend,MIACS_02_018,18
                """;

        @TempDir
        private Path folder;

        private LocalStackBucket bucket;
        private ObjectStore store;
        private S3Uri source;
        private S3Uri target;
        private S3Uri mapping;

        abstract URI endpoint();

        @BeforeEach
        void storeASnapshot() throws IOException {
            bucket = new LocalStackBucket(endpoint());
            store = bucket.store();
            source = bucket.root().folder("infobase_attributes").folder("raw_input");
            target = bucket.root().folder("split_cluster").folder("infobase_attributes");
            mapping = bucket.root().file("mapping.csv");
            new SnapshotGenerator(GeneratorOptions.defaults()
                            .withRows(ROWS)
                            .withSnapshots(LocalDate.of(2025, 11, 1))
                            .withMapping(Files.writeString(folder.resolve(mapping.key()), MAPPING)))
                    .writeTo(folder);
            upload();
        }

        @AfterEach
        void deleteTheBucket() {
            bucket.close();
        }

        @Test
        void publishesEveryRowInItsPlaceAndNothingASecondTime() throws Exception {
            run();

            Manifest manifest = manifest();
            assertThat(manifest.tables()).extracting(TableEntry::folder).containsExactly("IBE_01", "MIACS_02");
            assertThat(parquetFiles()).containsExactlyInAnyOrderElementsOf(namedBy(manifest));
            assertThat(store.pendingUploads(bucket.root())).isEmpty();
            download();
            try (IndependentReader reader = new IndependentReader()) {
                Path read =
                        folder.resolve(source.folder("snapshot_dt=2025-11-01").key());
                for (TableEntry table : manifest.tables()) {
                    Path written = folder.resolve(target.folder(table.folder()).key());
                    assertThat(table.rows()).as(table.folder()).isEqualTo(ROWS);
                    assertThat(table.files()).as(table.folder()).hasSizeGreaterThan(1);
                    assertThat(reader.checksum(written, table)).isEqualTo(reader.checksum(read, table));
                    assertThat(reader.misplacedRows(folder.resolve(target.key()), table))
                            .isEmpty();
                }
            }

            run();

            assertThat(manifest()).isEqualTo(manifest);
        }

        private void run() {
            Map<String, String> arguments = splitArguments(
                    "SOURCE_PATH",
                    source.toString(),
                    "TARGET_PATH",
                    target.toString(),
                    "CSV_FILE",
                    mapping.toString(),
                    "TARGET_FILE_MB",
                    "0.002",
                    "BUCKET_COUNT",
                    "16");
            Lake.run(bucket.environment(), InfobaseSplitAndBucketJob.DEFINITION, arguments);
        }

        private Manifest manifest() {
            return new DataSetPublisher(store, new DataSet(target), Clock.systemUTC())
                    .current()
                    .orElseThrow();
        }

        private List<Tuple> namedBy(Manifest manifest) {
            return manifest.tables().stream()
                    .flatMap(table -> table.files().stream())
                    .map(file -> tuple(target.resolve(file.key()), file.bytes(), file.etag()))
                    .toList();
        }

        private List<Tuple> parquetFiles() {
            return store.list(target).stream()
                    .filter(object -> object.uri().key().endsWith(".parquet"))
                    .map(object -> tuple(object.uri(), object.bytes(), object.etag()))
                    .toList();
        }

        private void upload() throws IOException {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path file : paths.filter(Files::isRegularFile).toList()) {
                    S3Uri object = bucket.root().resolve(folder.relativize(file).toString());
                    store.write(object, Files.readAllBytes(file), "application/octet-stream");
                }
            }
        }

        private void download() throws IOException {
            for (StoredObject object : store.list(target)) {
                Path file = folder.resolve(object.uri().key());
                Files.createDirectories(file.getParent());
                Files.write(file, store.read(object.uri()).orElseThrow());
            }
        }
    }
}
