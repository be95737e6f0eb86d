package com.omc.flywheel.jobs.prepareparttables;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.partitions.DataSetTidying.ReplacedVersions;
import com.omc.flywheel.common.partitions.RepairedTable;
import com.omc.flywheel.common.partitions.Retention;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.report.TextTable;
import java.util.List;

/**
 * What became of the partitions of each table, and of the files behind them.
 *
 * @param database the database of the tables
 * @param dataSets in the order of their names
 * @param skipped the tables that were left alone, with the reason
 */
record PreparePartTablesSummary(CatalogName database, List<PreparedDataSet> dataSets, List<String> skipped)
        implements JobSummary {
    PreparePartTablesSummary {
        dataSets = List.copyOf(dataSets);
        skipped = List.copyOf(skipped);
    }

    /**
     * One data set.
     *
     * @param tables its tables
     * @param retention which snapshots stay
     * @param retainDryRun whether those that do not are there still
     * @param replaced what became of versions that were replaced
     * @param warnings what somebody should look at, a sentence each
     */
    record PreparedDataSet(
            DataSet dataSet,
            List<RepairedTable> tables,
            Retention retention,
            boolean retainDryRun,
            ReplacedVersions replaced,
            List<String> warnings) {
        PreparedDataSet {
            tables = List.copyOf(tables);
            warnings = List.copyOf(warnings);
        }
    }

    @Override
    public String render() {
        StringBuilder text = new StringBuilder();
        for (PreparedDataSet one : dataSets) {
            text.append("prepared tables of %s in the database %s%n"
                    .formatted(one.dataSet().root(), database));
            text.append(tables(one));
            line(text, "snapshots", dates(one.retention().kept()));
            line(
                    text,
                    one.retainDryRun() ? "snapshots that would go" : "snapshots deleted",
                    dates(one.retention().leaving()));
            line(text, "replaced versions deleted", one.replaced().deleted());
            line(
                    text,
                    "replaced versions that tables still read",
                    one.replaced().pointedTo());
            one.warnings().forEach(warning -> text.append("warning: %s%n".formatted(warning)));
            one.tables().forEach(table -> table.warnings()
                    .forEach(warning -> text.append("warning: %s%n".formatted(warning))));
            for (RepairedTable table : one.tables()) {
                line(text, "replaced partitions of " + table.table(), table.replaced());
                line(text, "stale partitions of " + table.table(), table.stale());
            }
        }
        skipped.forEach(table -> text.append("skipped: %s%n".formatted(table)));
        return text.toString();
    }

    private static String tables(PreparedDataSet one) {
        TextTable text = new TextTable("table", "partitions", "added", "switched", "stale", "dropped", "rows");
        for (RepairedTable table : one.tables()) {
            text.row(
                    table.table(),
                    table.wanted(),
                    table.added(),
                    table.switched(),
                    table.stale().size(),
                    table.dropped(),
                    "%,d".formatted(table.rows()));
        }
        return text.toString();
    }

    private static List<String> dates(List<Manifest> manifests) {
        return manifests.stream()
                .map(manifest -> manifest.snapshotDt().toString())
                .toList();
    }

    private static void line(StringBuilder text, String what, List<String> names) {
        if (!names.isEmpty()) {
            text.append("%s: %s%n".formatted(what, Names.list(names)));
        }
    }
}
