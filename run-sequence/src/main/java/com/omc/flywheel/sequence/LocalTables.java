package com.omc.flywheel.sequence;

import com.omc.flywheel.common.aws.ServiceEndpoint;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.S3Connection;
import com.omc.flywheel.common.storage.S3ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import com.omc.flywheel.sequence.recorded.RecordedService;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a local workspace, by its two servers. */
final class LocalTables {
    private final Map<String, String> environment;

    LocalTables(URI s3, URI glue) {
        this.environment = Map.of(
                "AWS_ENDPOINT_URL_S3", s3.toString(),
                "AWS_ENDPOINT_URL_GLUE", glue.toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "anyone",
                "AWS_SECRET_ACCESS_KEY", "anything");
    }

    /** The variables that send a program to the servers. */
    Map<String, String> environment() {
        return environment;
    }

    /** The same, and those that send a job to the recorded services, which answer where the catalog does. */
    Map<String, String> environmentOfReports() {
        Map<String, String> variables = new HashMap<>(environment);
        String services = environment.get("AWS_ENDPOINT_URL_GLUE");
        variables.put("AWS_ENDPOINT_URL_CLEANROOMS", services);
        variables.put("AWS_ENDPOINT_URL_ENTITYRESOLUTION", services);
        return variables;
    }

    /** Serves the catalog of a workspace, and what reports ask beside it from recorded answers. */
    static AwsJsonEndpoint serve(LocalWorkspace workspace, Path recorded) {
        return AwsJsonEndpoint.start(
                EmbeddedGlueCatalog.keptIn(workspace.catalog()),
                RecordedService.cleanRooms(recorded.resolve("cleanrooms")),
                RecordedService.entityResolution(recorded.resolve("entityresolution")));
    }

    void createDatabase(String name) {
        try (GlueTableCatalog catalog = catalog()) {
            catalog.createDatabase(new CatalogName(name));
        }
    }

    GlueTableCatalog catalog() {
        return GlueTableCatalog.connectAnonymously(
                ServiceEndpoint.fromEnvironment("AWS Glue", "AWS_ENDPOINT_URL_GLUE", environment));
    }

    /** Where each table lies, and how many columns, rows and partitions it has. */
    TextTable describe(String database, List<String> prefixes) {
        TextTable text = new TextTable("table", "columns", "partitions", "rows", "location");
        Map<S3Uri, List<Manifest>> known = new HashMap<>();
        try (GlueTableCatalog catalog = catalog();
                S3ObjectStore store = S3ObjectStore.connectAnonymously(S3Connection.fromEnvironment(environment))) {
            for (String prefix : prefixes) {
                for (StoredTable table : catalog.list(new CatalogName(database), new TablePrefix(prefix))) {
                    boolean partitioned = !table.partitionKeys().isEmpty();
                    String partitions = partitioned
                            ? String.valueOf(catalog.partitions(table.id()).size())
                            : "";
                    Optional<Long> rows = TableOrigin.of(table)
                            .map(origin -> rows(
                                    origin,
                                    partitioned,
                                    known.computeIfAbsent(origin.dataSet(), root -> new DataSetPublisher(
                                                    store, new DataSet(root), Clock.systemUTC())
                                            .manifests())));
                    text.row(
                            table.id().table(),
                            table.columns().size() + table.partitionKeys().size(),
                            partitions,
                            rows.map("%,d"::formatted).orElse(""),
                            table.location());
                }
            }
        }
        return text;
    }

    /**
     * The rows of the table in all snapshots of its data set, of which a clustered one has one; without partitions, a table
     * over a partitioned data set holds the one that it names.
     */
    private static long rows(TableOrigin origin, boolean partitioned, List<Manifest> manifests) {
        return manifests.stream()
                .filter(manifest -> partitioned
                        || !manifest.layout().isPartitioned()
                        || manifest.snapshotDt().equals(origin.snapshot()))
                .flatMap(manifest -> manifest.table(origin.folder()).stream())
                .mapToLong(Manifest.TableEntry::rows)
                .sum();
    }
}
