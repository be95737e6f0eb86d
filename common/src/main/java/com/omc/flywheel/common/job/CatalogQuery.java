package com.omc.flywheel.common.job;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.query.CatalogViews;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.S3Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A person's question to the tables of a database, answered by a Spark of its own. */
public final class CatalogQuery {
    private static final String APPLICATION = "catalog-query";

    private final Map<String, String> environment;
    private final TableCatalog catalog;
    private final CatalogName database;

    /**
     * A way to ask.
     *
     * @param environment the variables that name endpoints and regions
     * @param catalog where the tables are described
     * @param database the database of the tables
     */
    public CatalogQuery(Map<String, String> environment, TableCatalog catalog, CatalogName database) {
        this.environment = Map.copyOf(environment);
        this.catalog = catalog;
        this.database = database;
    }

    /**
     * The answer as a table of text.
     *
     * @param families what the names of the tables begin with that may be asked for
     * @param mostRows how many rows to show
     * @param warehouse a folder that Spark asks for and nothing is put into
     * @throws JobFailure BAD_ARGUMENT for what is no query, names what is not there, or fails
     */
    public String answer(String sql, List<TablePrefix> families, int mostRows, String warehouse) {
        S3Connection connection = S3Connection.fromEnvironment(environment);
        SparkConf more =
                new SparkConf(false).set("spark.ui.enabled", "false").set("spark.sql.warehouse.dir", warehouse);
        // The variables of this process need not be those that it was given.
        set(more, "spark.hadoop.fs.s3a.access.key", "AWS_ACCESS_KEY_ID");
        set(more, "spark.hadoop.fs.s3a.secret.key", "AWS_SECRET_ACCESS_KEY");
        try (SparkStart spark = new SparkStart(new SparkSettings(connection), APPLICATION, more)) {
            CatalogViews views = new CatalogViews(spark.session(), catalog);
            views.register(database, families);
            Dataset<Row> rows = views.query(sql);
            TextTable text = new TextTable(rows.columns());
            List<Row> shown = collect(rows, mostRows);
            shown.stream().limit(mostRows).forEach(row -> text.row(cells(row)));
            return shown.size() > mostRows
                    ? text + "... and more than these %,d rows%n".formatted(mostRows)
                    : text + "";
        }
    }

    private void set(SparkConf conf, String setting, String variable) {
        if (environment.containsKey(variable)) {
            conf.set(setting, environment.get(variable));
        }
    }

    private static List<Row> collect(Dataset<Row> rows, int mostRows) {
        try {
            return rows.limit(mostRows == Integer.MAX_VALUE ? mostRows : mostRows + 1)
                    .collectAsList();
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare.
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT, "the query failed: %s".formatted(HadoopFailures.firstLine(e)), e);
        }
    }

    private static Object[] cells(Row row) {
        return IntStream.range(0, row.size()).mapToObj(row::get).toArray();
    }
}
