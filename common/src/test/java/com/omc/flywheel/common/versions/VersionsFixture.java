package com.omc.flywheel.common.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.InMemoryTableCatalog;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.NoServices;
import com.omc.flywheel.common.parquet.FolderAsS3;
import com.omc.flywheel.common.parquet.FooterReader;
import com.omc.flywheel.common.progress.LineProgress;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.query.QueryEngine;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.RequestCount;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store, a catalog and an engine, with tables over published files, and what readers of the copies find. */
final class VersionsFixture {
    static final String ROWS_OF_SOURCE = "test.rows";
    static final CatalogName DATABASE = new CatalogName("lake");
    static final String MAKER = "register-staged-tables";
    static final String JOB = "create-athena-bucketed-tables";
    static final S3Uri BASE = S3Uri.parse("s3://lake/bucketed/");
    static final S3Uri WIDE = S3Uri.parse("s3://lake/split_cluster/infobase_attributes/");
    static final SnapshotDate OCTOBER = SnapshotDate.parse("2025-10-01");
    static final SnapshotDate NOVEMBER = SnapshotDate.parse("2025-11-01");
    static final RunId OCTOBERS = new RunId("20251002T000000Z-0000000a");
    static final RunId NOVEMBERS = new RunId("20251102T000000Z-0000000b");
    static final RunId FIRST = new RunId("20251201T000000Z-00000001");
    static final RunId SECOND = new RunId("20251202T000000Z-00000002");
    static final RunId THIRD = new RunId("20251203T000000Z-00000003");
    static final RunId FOURTH = new RunId("20251204T000000Z-00000004");
    static final Buckets BUCKETS = new Buckets("customer_user_id", 4);
    static final Clock CLOCK = Clock.fixed(Instant.parse("2025-12-01T00:00:00Z"), ZoneOffset.UTC);
    static final List<CatalogColumn> COLUMNS = List.of(
            new CatalogColumn("customer_user_id", "string", "the key"),
            new CatalogColumn("ibe1802", "int", ""),
            new CatalogColumn("select", "smallint", "a word that SQL reserves"));

    final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    /** Versions of tables have no partitions. */
    final InMemoryTableCatalog catalog = InMemoryTableCatalog.withDatabases(DATABASE.value())
            .forbid(
                    "createDatabase",
                    "locationsAt",
                    "partitions",
                    "createPartitions",
                    "updatePartitions",
                    "deletePartitions");

    final WritingEngine engine;

    private final FooterReader footers;

    VersionsFixture(Path machine) {
        this.engine = new WritingEngine(machine, store, catalog);
        this.footers = new FooterReader(FolderAsS3.configuration(machine));
    }

    static TableId id(String table) {
        return new TableId(DATABASE, new CatalogName(table));
    }

    static TableOrigin origin(S3Uri dataSet, String folder, SnapshotDate snapshot, RunId run) {
        return new TableOrigin(MAKER, dataSet, folder, snapshot, run, "m".repeat(64), "1.0");
    }

    /** Describes the files that a run has published as a table. */
    StoredTable stage(String folder, SnapshotDate snapshot, RunId run, int rows) {
        return stage(origin(WIDE, folder, snapshot, run), COLUMNS, rows);
    }

    StoredTable stage(TableOrigin origin, List<CatalogColumn> columns, int rows) {
        TableId id = id("ext_" + origin.folder().toLowerCase(java.util.Locale.ROOT));
        Map<String, String> parameters = new TreeMap<>(origin.parameters());
        parameters.put(ROWS_OF_SOURCE, Integer.toString(rows));
        catalog.put(
                id,
                new TableDefinition(
                        origin.comment(),
                        columns,
                        List.of(),
                        origin.dataSet().folder(origin.folder()),
                        Optional.empty(),
                        parameters));
        return catalog.find(id).orElseThrow();
    }

    WantedTable wanted(StoredTable source) {
        TableOrigin origin = TableOrigin.of(source).orElseThrow();
        return WantedTable.copyOf(
                id(source.id().table().value().replaceFirst("^ext_", "bucketed_")),
                source,
                origin,
                Optional.of(BUCKETS),
                Long.parseLong(source.parameters().get(ROWS_OF_SOURCE)));
    }

    static VersionOptions options(int keep) {
        return new VersionOptions(JOB, BASE, EngineChoice.ATHENA, 5, keep, false, false);
    }

    JobContext context(RunId run) {
        return context(run, store, catalog);
    }

    JobContext context(RunId run, ObjectStore way, TableCatalog tables) {
        return new JobContext(
                way,
                footers,
                tables,
                null,
                new NoServices(),
                () -> {
                    throw new AssertionError("Spark is not needed");
                },
                CLOCK,
                run,
                "process 1",
                new LineProgress(CLOCK),
                new RequestCount(),
                "1.0");
    }

    TableVersions versions(RunId run, VersionOptions options) {
        return new TableVersions(context(run), engine, () -> {}, options);
    }

    /** A run whose every call goes that way. */
    TableVersions versions(RunId run, VersionOptions options, Steps way) {
        return new TableVersions(
                context(run, way.to(ObjectStore.class, store), way.to(TableCatalog.class, catalog)),
                way.to(QueryEngine.class, engine),
                () -> {},
                options);
    }

    /** The source run of what readers of a table find: a whole version, and nothing but it. */
    RunId read(String table) {
        StoredTable found = catalog.find(id(table)).orElseThrow();
        List<String> listed = store.objects().stream()
                .filter(object -> object.startsWith(found.location()))
                .toList();
        assertThat(listed)
                .as(found.location())
                .isEqualTo(engine.writtenTo(found.location()).orElseThrow());
        return new RunId(found.parameters().get("flywheel.source_run"));
    }

    String location(String table) {
        return catalog.find(id(table)).orElseThrow().location();
    }

    /** Asserts that nothing is left but these versions of a table, their records, and tables that somebody wanted. */
    void assertAtRest(String table, RunId... versions) {
        List<String> expected = new ArrayList<>();
        for (RunId run : versions) {
            String location = "%s%s/run=%s/".formatted(BASE, table, run);
            expected.addAll(engine.writtenTo(location).orElseThrow());
            expected.add("%s_flywheel/versions/%s/%s.json".formatted(BASE, table, run));
        }
        assertThat(store.objects().stream()
                        .filter(object -> object.startsWith(BASE + table + "/")
                                || object.startsWith(BASE + "_flywheel/versions/" + table + "/")))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(catalog.names()).allMatch(name -> name.matches("lake\\.(ext|bucketed)_.*"));
    }
}
