package com.omc.flywheel.common.query;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.bucketing.HiveBucketedFiles;
import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableDefinition;
import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Visibility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Runs statements in the job's own Spark.
 *
 * <p>A query lives in the process that began it and ends with it, so there is never one to {@link #stop} and none whose
 * end a later process could wait for. A new table is in the catalog only after all of its files are committed: where it
 * is there, the statement has been run.
 */
public final class SparkQueryEngine implements QueryEngine {
    private static final String SUCCESS = "_SUCCESS";
    // What a platform may have turned off, and the check of the committer needs.
    private static final Map<String, String> OPTIONS =
            Map.of("compression", "snappy", "mapreduce.fileoutputcommitter.marksuccessfuljobs", "true");
    // What Athena's own CREATE TABLE AS sets for Hive's buckets.
    private static final Map<String, String> PARAMETERS_OF_BUCKETS =
            Map.of("bucketing_format", "hive", "bucketing_version", "1");
    // Of Parquet and of Spark's reader, by whose exceptions alone a bad file is not told from a bad platform.
    private static final Pattern DAMAGED = Pattern.compile(
            "Encountered error while reading file|[Cc]ould not read footer|is not a Parquet file|cannot be converted in file|Can not read value at|could not verify page integrity",
            Pattern.CASE_INSENSITIVE);

    private final Supplier<SparkSession> spark;
    private final TableCatalog catalog;
    private final ObjectStore store;

    /**
     * The engine.
     *
     * @param spark gives the session that has the settings of the job; asked when a statement has passed its checks
     * @param catalog where tables are found and created
     * @param store the one that the tables' files lie in
     */
    public SparkQueryEngine(Supplier<SparkSession> spark, TableCatalog catalog, ObjectStore store) {
        this.spark = spark;
        this.catalog = catalog;
        this.store = store;
    }

    /**
     * {@inheritDoc}
     *
     * @throws JobFailure also MISSING_INPUT when the source table or its files are not there; CONFLICT when there is a
     *     table of that name or an object at its location; BAD_ARGUMENT when one of the two tables would lie in the other
     */
    @Override
    public void run(Statement statement, RunId run, Consumer<String> started) {
        if (!(statement instanceof CreateTableAs create)) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "the partitions of table %s cannot be repaired: Spark has no metastore here; use REPAIR catalog"
                            .formatted(statement.table()));
        }
        String query = "spark-%s-%s".formatted(run, create.table());
        StoredTable source = catalog.find(create.source())
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "table %s cannot be made: there is no table %s in the catalog; make that one first"
                                .formatted(create.table(), create.source())));
        TableDefinition definition = definition(create, source);
        Optional<StoredTable> existing = catalog.find(create.table());
        if (existing.isPresent() && existing.get().isAsDefined(definition)) {
            started.accept(query);
            return;
        }
        requireNothingThere(create, existing);
        requireApart(create, source);
        started.accept(query);
        try {
            write(create, source, query);
        } catch (JobFailure failure) {
            throw failure;
        } catch (Exception e) {
            throw failure("query %s, which makes table %s from %s".formatted(query, create.table(), source.id()), e);
        }
        requireWhatWasAsked(create);
        catalog.create(create.table(), definition);
    }

    /** Does nothing: a query of Spark has ended with the process that began it. */
    @Override
    public void stop(String queryId) {}

    private void write(CreateTableAs create, StoredTable source, String query) {
        SparkSession session = spark.get();
        Dataset<Row> all = new SparkTable(session, catalog).rows(source, create.snapshot());
        if (all.inputFiles().length == 0) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "table %s cannot be made: table %s at %s has no files%s; run what fills it first"
                            .formatted(
                                    create.table(),
                                    source.id(),
                                    source.location(),
                                    create.snapshot()
                                            .map(snapshot -> " of snapshot " + snapshot)
                                            .orElse("")));
        }
        Column[] selected = create.columns().stream()
                .map(column -> col("`" + column.source() + "`").as(column.name().value()))
                .toArray(Column[]::new);
        Dataset<Row> rows = all.select(selected);
        String folder = create.location().toHadoop();
        session.sparkContext().setJobDescription(query);
        if (create.buckets().isPresent()) {
            Buckets buckets = create.buckets().get();
            new HiveBucketedFiles(session).write(rows, folder, buckets.column(), buckets.count(), OPTIONS);
        } else {
            rows.write().mode(SaveMode.Append).options(OPTIONS).parquet(folder);
        }
    }

    /** The new table: names as selected, types and comments of the source. Every problem at once. */
    private static TableDefinition definition(CreateTableAs create, StoredTable source) {
        Map<String, CatalogColumn> known = new HashMap<>();
        source.columns().forEach(column -> known.put(column.name(), column));
        source.partitionKeys().forEach(column -> known.put(column.name(), column));
        List<CatalogColumn> columns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<ColumnName> names = new HashSet<>();
        for (SelectedColumn selected : create.columns()) {
            CatalogColumn column = known.get(selected.source().value());
            if (column == null) {
                problems.add("%s has no column %s".formatted(source.id(), selected.source()));
            } else {
                columns.add(new CatalogColumn(selected.name().value(), column.type(), column.comment()));
            }
            if (!names.add(selected.name())) {
                problems.add("two columns would be called " + selected.name());
            }
        }
        create.buckets().ifPresent(buckets -> problems.addAll(problems(buckets, columns)));
        if (create.snapshot().isPresent() && !isBySnapshot(source)) {
            problems.add("%s has no partition key %s of the type date".formatted(source.id(), SnapshotDate.COLUMN));
        }
        if (!problems.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "table %s cannot be made from %s; compare the mapping with the source table:"
                            .formatted(create.table(), source.id()),
                    problems);
        }
        return new TableDefinition(
                "",
                columns,
                List.of(),
                create.location(),
                create.buckets(),
                create.buckets().isPresent() ? PARAMETERS_OF_BUCKETS : Map.of());
    }

    private static boolean isBySnapshot(StoredTable source) {
        return source.partitionKeys().stream()
                .anyMatch(key ->
                        key.name().equals(SnapshotDate.COLUMN) && key.type().equalsIgnoreCase("date"));
    }

    private static List<String> problems(Buckets buckets, List<CatalogColumn> columns) {
        List<String> problems = new ArrayList<>();
        if (buckets.count() < 1) {
            problems.add("%d is not a number of buckets".formatted(buckets.count()));
        }
        Optional<CatalogColumn> key = columns.stream()
                .filter(column -> column.name().equals(buckets.column()))
                .findFirst();
        if (key.isEmpty()) {
            problems.add("the column of the buckets, %s, is not among the new columns".formatted(buckets.column()));
        } else if (KeyType.of(key.get().type()).isEmpty()) {
            problems.add("the column of the buckets, %s, has the type %s, on whose buckets engines disagree"
                    .formatted(buckets.column(), key.get().type()));
        }
        return problems;
    }

    private void requireNothingThere(CreateTableAs create, Optional<StoredTable> existing) {
        if (existing.isPresent()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s cannot be made: the catalog has one of another definition, at %s; give the new table another name"
                            .formatted(create.table(), existing.get().location()));
        }
        // Beside what readers see, an old mark of success, which would be taken for the new one.
        List<String> objects = namesUnder(create.location()).stream()
                .filter(object -> object.seen() || object.name().equals(SUCCESS))
                .map(ObjectName::name)
                .toList();
        if (!objects.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s cannot be made: its location %s is not empty (%s); give it a folder of its own"
                            .formatted(create.table(), create.location(), Names.list(objects)));
        }
    }

    /** Rows of the one would be read as rows of the other. */
    private static void requireApart(CreateTableAs create, StoredTable source) {
        S3Uri from;
        try {
            from = S3Uri.parse(source.location());
        } catch (IllegalArgumentException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "table %s cannot be made: the location of %s is no folder of S3 (%s); correct the table in the catalog"
                            .formatted(create.table(), source.id(), e.getMessage()),
                    e);
        }
        if (from.contains(create.location()) || create.location().contains(from)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "table %s cannot be made at %s: it and %s, the location of %s, lie one in the other; give it a folder elsewhere"
                            .formatted(create.table(), create.location(), from, source.id()));
        }
    }

    private void requireWhatWasAsked(CreateTableAs create) {
        requireMagicCommitter(create);
        create.buckets().ifPresent(buckets -> {
            List<String> names = namesUnder(create.location()).stream()
                    .filter(ObjectName::seen)
                    .map(ObjectName::name)
                    .toList();
            HiveBucketedFiles.requireOneForEachBucket(create.location().toString(), names, buckets.count());
        });
    }

    private List<ObjectName> namesUnder(S3Uri folder) {
        return store.list(folder).stream()
                .map(object -> {
                    String name = folder.relativize(object.uri());
                    return new ObjectName(name, Visibility.seenByReaders(name, object.bytes()));
                })
                .toList();
    }

    /** A silent fall-back to a committer that renames is slow, and shows files that are not committed. */
    private void requireMagicCommitter(CreateTableAs create) {
        String committer = store.read(create.location().file(SUCCESS))
                .map(SparkQueryEngine::committer)
                .orElse("");
        if (!committer.equals("magic")) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT,
                    "%s was written with %s instead of S3A's magic committer, and table %s is not made; remove spark.sql.sources.commitProtocolClass, spark.sql.parquet.output.committer.class and spark.hadoop.fs.s3a.committer.* from the job's --conf"
                            .formatted(
                                    create.location(),
                                    committer.isEmpty()
                                            ? "a committer that does not give its name"
                                            : "the committer " + committer,
                                    create.table()));
        }
    }

    /** "Committing work to S3 with the S3A Committers", Hadoop 3.4.1: JSON, where other committers write nothing. */
    private static String committer(byte[] success) {
        try {
            JsonNode content = new ObjectMapper().readTree(success);
            return content.path("committer").asText();
        } catch (IOException e) {
            return "";
        }
    }

    private static JobFailure failure(String doing, Exception error) {
        return HadoopFailures.ofStorage(doing, error).orElseGet(() -> {
            List<Throwable> chain = HadoopFailures.chain(error);
            String innermost = HadoopFailures.firstLine(chain.get(chain.size() - 1));
            Optional<String> damage = chain.stream()
                    .map(HadoopFailures::firstLine)
                    .filter(said -> DAMAGED.matcher(said).find())
                    .findFirst();
            return damage.isPresent()
                    ? new JobFailure(
                            FailureKind.BAD_DATA,
                            "%s failed by what it reads: %s (%s); write the files of the source table again"
                                    .formatted(doing, damage.get(), innermost),
                            error)
                    : new JobFailure(
                            FailureKind.ENVIRONMENT,
                            "%s failed: %s; see the stack trace for what the platform lacked"
                                    .formatted(doing, innermost),
                            error);
        });
    }

    /** What an object is called from its folder on, and whether readers of the folder open it. */
    private record ObjectName(String name, boolean seen) {}
}
