package com.omc.flywheel.sequence.jobs;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.job.Launch;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.sequence.athena.ScriptedAthena;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/** A bucket and a catalog on servers of their own, with what the jobs' tests do to them. */
final class Lake implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("flywheel.home"));
    static final S3Uri ROOT = S3Uri.parse("s3://lake/");
    static final S3Uri WIDE_SOURCE =
            ROOT.folder("opus").folder("infobase_attributes").folder("raw_input");
    static final S3Uri IDS_SOURCE =
            ROOT.folder("opus").folder("addressable_ids").folder("raw_input");
    static final S3Uri WIDE_TARGET = ROOT.folder("split_cluster").folder("infobase_attributes");
    static final S3Uri IDS_TARGET = ROOT.folder("split_cluster").folder("addressable_ids");
    static final S3Uri MAPPING = ROOT.folder("mapping").file("mapping.csv");
    static final Path PRODUCTION_MAPPING =
            HOME.resolve("test-data/mapping/omc_flywheel_infobase_table_split_lowercase.csv");

    private final Path data;
    private final EmbeddedS3 server;
    private final ScriptedAthena athena = new ScriptedAthena();
    private final AwsJsonEndpoint glue;
    private final S3ObjectStore store;
    private final GlueTableCatalog catalog;

    Lake(Path data) {
        this.data = data;
        this.server = EmbeddedS3.start(HOME, data);
        this.glue = AwsJsonEndpoint.start(EmbeddedGlueCatalog.inMemory(), athena);
        server.createBucket(ROOT.bucket());
        this.store = S3ObjectStore.connect(S3Connection.fromEnvironment(environment()));
        this.catalog = GlueTableCatalog.connect(
                ServiceEndpoint.fromEnvironment("AWS Glue", "AWS_ENDPOINT_URL_GLUE", environment()));
    }

    /** The variables that send a job to these servers. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString(),
                "AWS_ENDPOINT_URL_GLUE", glue.endpoint().toString(),
                "AWS_ENDPOINT_URL_ATHENA", glue.endpoint().toString(),
                "AWS_REGION", "us-east-1");
    }

    /** Adds a bucket to that of {@link #ROOT}. */
    void createBucket(String name) {
        server.createBucket(name);
    }

    /** What the catalog was asked, and what it is to answer instead. */
    AwsJsonEndpoint glue() {
        return glue;
    }

    /** What Athena is to answer, and what it was asked; it runs nothing. */
    ScriptedAthena athena() {
        return athena;
    }

    TableCatalog catalog() {
        return catalog;
    }

    /** A table that must be there, by its name with the database's. */
    StoredTable table(String name) {
        String[] parts = name.split("[.]", -1);
        return catalog.find(TableId.of(parts[0], parts[1])).orElseThrow();
    }

    /** The names of the tables of a family, with the database's. */
    List<String> tables(String database, String prefix) {
        return catalog.list(new CatalogName(database), new TablePrefix(prefix)).stream()
                .map(table -> table.id().toString())
                .toList();
    }

    /** Another server over the same folder: with credentials that nobody has, or without the right to write. */
    EmbeddedS3 otherServer(EmbeddedS3Options options) {
        return EmbeddedS3.start(HOME, data, options);
    }

    ObjectStore store() {
        return store;
    }

    /** Where the objects under an address lie as files. */
    Path files(S3Uri uri) {
        return data.resolve(uri.bucket()).resolve(uri.key());
    }

    /** Writes snapshots of both tables to the source folders, in place of what was there. */
    void generate(GeneratorOptions options) throws IOException {
        deleteFolder(files(ROOT.folder("opus")));
        new SnapshotGenerator(options).writeTo(files(ROOT.folder("opus")));
        server.adoptFiles(ROOT.bucket());
    }

    /** Stores a mapping with these rows and gives the file that the generator can read. */
    Path mapping(String... rows) {
        String content =
                "\uFEFFOMC_FLYWHEEL_TABLE,OMC_FLYWHEEL_COLUMN,FUNCTION_DESCRIPTION,OPUS_COLUMN,ELEMENT_NUMBER\r\n"
                        + String.join("\r\n", rows)
                        + "\r\n";
        store.write(MAPPING, content.getBytes(StandardCharsets.UTF_8), "text/csv");
        return files(MAPPING);
    }

    void productionMapping() throws IOException {
        store.write(MAPPING, Files.readAllBytes(PRODUCTION_MAPPING), "text/csv");
    }

    /** Tells the server of files that were put into the bucket's folder by other means. */
    void adoptFiles() {
        server.adoptFiles(ROOT.bucket());
    }

    JobSummary run(JobDefinition<?> job, Map<String, String> arguments) {
        return run(environment(), job, arguments);
    }

    /**
     * Runs a job by its real arguments; what it prints goes to the test's log. Hadoop keeps a connection for each bucket
     * as long as the JVM lives; a test has a server of its own under the same bucket, so connections end with the run.
     */
    static JobSummary run(Map<String, String> environment, JobDefinition<?> job, Map<String, String> arguments) {
        List<String> tokens = new ArrayList<>();
        arguments.forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            return new Launch(environment, new PrintStream(printed, true, StandardCharsets.UTF_8))
                    .run(job, tokens)
                    .orElseThrow();
        } finally {
            System.out.print(printed.toString(StandardCharsets.UTF_8));
            closeConnections();
        }
    }

    /** The arguments that the split of the wide table cannot do without, with more or other ones. */
    static Map<String, String> splitArguments(String... namesAndValues) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("SNAPSHOT_DT", "_NONE_");
        arguments.put("SOURCE_PATH", WIDE_SOURCE.toString());
        arguments.put("TARGET_PATH", WIDE_TARGET.toString());
        arguments.put("CSV_FILE", MAPPING.toString());
        return with(arguments, namesAndValues);
    }

    static Map<String, String> addressableArguments(String... namesAndValues) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("SNAPSHOT_DT", "_NONE_");
        arguments.put("SOURCE_PATH", IDS_SOURCE.toString());
        arguments.put("TARGET_PATH", IDS_TARGET.toString());
        return with(arguments, namesAndValues);
    }

    Manifest manifest(S3Uri target) {
        return new DataSetPublisher(store, new DataSet(target), Clock.systemUTC())
                .current()
                .orElseThrow();
    }

    /**
     * Every object under a folder with the tag of its content, and every unfinished upload: equal when nothing changed.
     * Not told of is the lease, which counts on with every run that asks for it, and what the journal has of runs that
     * were undone, which the next one forgets.
     */
    Map<String, String> contents(S3Uri folder) {
        List<StoredObject> objects = store.list(folder);
        List<String> undone = objects.stream()
                .map(object -> object.uri().key())
                .filter(key -> key.contains("/_flywheel/journal/") && key.endsWith("/undone.json"))
                .map(key -> key.substring(0, key.lastIndexOf('/') + 1))
                .toList();
        Map<String, String> contents = new TreeMap<>();
        for (StoredObject object : objects) {
            String key = object.uri().key();
            if (!key.contains("/_flywheel/lease/") && undone.stream().noneMatch(key::startsWith)) {
                contents.put(object.uri().toString(), object.etag());
            }
        }
        for (PendingUpload upload : store.pendingUploads(folder)) {
            contents.put("unfinished " + upload.uri() + " " + upload.uploadId(), "");
        }
        return contents;
    }

    @Override
    public void close() {
        catalog.close();
        store.close();
        glue.close();
        server.close();
    }

    private static void closeConnections() {
        try {
            FileSystem.closeAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> with(Map<String, String> arguments, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
