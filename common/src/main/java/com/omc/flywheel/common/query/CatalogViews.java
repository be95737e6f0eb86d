package com.omc.flywheel.common.query;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import scala.collection.JavaConverters;

/**
 * Tables of the catalog as temporary views of a Spark session, for queries only.
 *
 * <p>A table {@code sales.orders} is {@code sales__orders}, and {@code orders} as long as no other registered database has
 * one: Spark takes no dot in the name of a temporary view. A name that would mean two tables means none. A view shows the
 * files that were there when it was registered; registered again, those of then. Buckets are not declared, since Spark
 * numbers them otherwise than Hive does. Not for several threads.
 */
public final class CatalogViews {
    private final SparkSession spark;
    private final TableCatalog catalog;
    private final Map<TableId, Dataset<Row>> tables = new TreeMap<>(Comparator.comparing(TableId::toString));
    private final Map<String, String> leftOut = new TreeMap<>();
    private final Set<String> registered = new TreeSet<>();

    /**
     * No views yet.
     *
     * @param spark the session that gets the views; best one of its own
     * @param catalog what is shown
     */
    public CatalogViews(SparkSession spark, TableCatalog catalog) {
        this.spark = spark;
        this.catalog = catalog;
    }

    /**
     * Makes views of the tables of a database whose names begin with one of the prefixes; those of earlier calls stay.
     * A table that Spark cannot read is left out: {@link #leftOut} says why.
     *
     * @return the names that a query may use now, of all databases, in their order
     * @throws JobFailure MISSING_INPUT when there is no such database
     */
    public List<String> register(CatalogName database, Collection<TablePrefix> families) {
        SparkTable reader = new SparkTable(spark, catalog);
        for (TablePrefix family : families) {
            for (StoredTable table : catalog.list(database, family)) {
                try {
                    tables.put(table.id(), reader.rows(table));
                    leftOut.remove(table.id().toString());
                } catch (JobFailure failure) {
                    if (failure.kind() != FailureKind.ENVIRONMENT) {
                        throw failure;
                    }
                    tables.remove(table.id());
                    leftOut.put(table.id().toString(), failure.getMessage());
                }
            }
        }
        makeViews();
        return List.copyOf(registered);
    }

    /** The tables that there is no view of, each with the reason. */
    public Map<String, String> leftOut() {
        return Map.copyOf(leftOut);
    }

    /**
     * The rows of a query, which are read when the caller asks for them.
     *
     * @throws JobFailure BAD_ARGUMENT for what is no query or names what is not there, with Spark's own words
     */
    public Dataset<Row> query(String sql) {
        LogicalPlan parsed = parsed(sql);
        if (changesSomething(parsed)) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "only queries are run over the views of the catalog, and this statement is a command or writes; ask with SELECT");
        }
        try {
            return Dataset.ofRows(spark, parsed);
        } catch (Exception e) {
            String hint = leftOut.isEmpty() ? "" : " (no views of: " + String.join(", ", leftOut.keySet()) + ")";
            throw refused(hint, e);
        }
    }

    private void makeViews() {
        Map<String, Set<TableId>> meant = new TreeMap<>();
        for (TableId id : tables.keySet()) {
            meant.computeIfAbsent(id.table().value(), name -> new HashSet<>()).add(id);
            meant.computeIfAbsent(id.database() + "__" + id.table(), name -> new HashSet<>())
                    .add(id);
        }
        registered.forEach(name -> spark.catalog().dropTempView(name));
        registered.clear();
        meant.forEach((name, ids) -> {
            if (ids.size() == 1) {
                tables.get(ids.iterator().next()).createOrReplaceTempView(name);
                registered.add(name);
            }
        });
    }

    private LogicalPlan parsed(String sql) {
        try {
            return spark.sessionState().sqlParser().parsePlan(sql);
        } catch (Exception e) {
            throw refused("", e);
        }
    }

    /** Commands run as soon as Spark has a plan of them, so this is asked of what the parser gives. */
    private static boolean changesSomething(LogicalPlan plan) {
        return plan instanceof Command
                || plan instanceof ParsedStatement
                || plan instanceof InsertIntoDir
                || JavaConverters.seqAsJavaList(plan.children()).stream().anyMatch(CatalogViews::changesSomething);
    }

    private static JobFailure refused(String hint, Exception error) {
        return new JobFailure(
                FailureKind.BAD_ARGUMENT,
                "Spark does not take this query: %s%s; correct it".formatted(said(error), hint),
                error);
    }

    /** Spark's parser begins its messages with an empty line. */
    private static String said(Exception error) {
        return String.valueOf(error.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(error.getClass().getSimpleName());
    }
}
