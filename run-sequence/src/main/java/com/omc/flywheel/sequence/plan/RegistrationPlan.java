package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StorageFormat;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.mapping.TableName;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plans the jobs that describe tables of data sets in the catalog. */
final class RegistrationPlan implements StepPlanner {
    private final KnownData known;
    private final String databaseArgument;
    private final String rootArgument;

    /**
     * The plan of one of the jobs.
     *
     * @param databaseArgument names the database
     * @param rootArgument names the data set, or the folder around data sets
     */
    RegistrationPlan(KnownData known, String databaseArgument, String rootArgument) {
        this.known = known;
        this.databaseArgument = databaseArgument;
        this.rootArgument = rootArgument;
    }

    @Override
    public void plan(PlannedJob job, PlanText text) {
        S3Uri path = S3Uri.parse(job.text(rootArgument)).asFolder();
        DataSet itself = new DataSet(path);
        List<DataSet> dataSets = known.split(itself).isPresent()
                ? List.of(itself)
                : DataSets.under(known.jobs().store(), path);
        TextTable table = new TextTable("table", "columns", "partition keys", "snapshots", "change", "location");
        int tables = 0;
        for (DataSet dataSet : dataSets) {
            for (List<DataTable> snapshots : selected(job, dataSet).values()) {
                tables++;
                describe(job, dataSet, snapshots, table, text);
            }
        }
        if (tables == 0) {
            text.unknown(
                    "the tables of %s are not known: no run has published anything there, and no step of this plan would; plan the steps before it too, or run them first"
                            .formatted(path));
            return;
        }
        text.table(table);
    }

    private Map<String, List<DataTable>> selected(PlannedJob job, DataSet dataSet) {
        Map<String, List<DataTable>> all = known.tables(dataSet);
        Optional<String> filter = job.optional("TABLES_FILTER");
        if (filter.isEmpty() || all.isEmpty()) {
            return all;
        }
        List<TableName> names = TablesFilter.parse(filter.get())
                .select(all.keySet().stream().map(TableName::parse).toList(), "the data set " + dataSet.root());
        Map<String, List<DataTable>> selected = new LinkedHashMap<>();
        all.forEach((folder, snapshots) -> {
            if (names.contains(TableName.parse(folder))) {
                selected.put(folder, snapshots);
            }
        });
        return selected;
    }

    private void describe(PlannedJob job, DataSet dataSet, List<DataTable> snapshots, TextTable table, PlanText text) {
        DataTable newest = snapshots.get(snapshots.size() - 1);
        TableId id = new TableId(
                new CatalogName(job.text(databaseArgument)),
                new TablePrefix(job.text("TABLE_PREFIX")).nameOf(newest.folder()));
        Optional<StoredTable> found = known.jobs().catalog().find(id);
        Optional<String> owner = found.flatMap(TableOrigin::jobOf);
        if (found.isPresent()
                && !job.isTrue("TAKE_OVER")
                && !owner.equals(Optional.of(job.definition().name()))) {
            text.problem(new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s is there already and %s; the step would fail"
                            .formatted(
                                    id,
                                    owner.map(other -> "is described by the job " + other)
                                            .orElse("was not made by this program"))));
        }
        Map<String, CatalogColumn> columns = new LinkedHashMap<>();
        boolean isTimeSeries = !newest.keys().isEmpty();
        if (isTimeSeries) {
            found.ifPresent(stored -> stored.columns().forEach(column -> columns.put(column.name(), column)));
        }
        snapshots.forEach(snapshot -> snapshot.columns().forEach(column -> columns.put(column.name(), column)));
        StoredTable wanted = new StoredTable(
                id,
                "",
                StoredTable.EXTERNAL,
                StorageFormat.PARQUET,
                "",
                List.copyOf(columns.values()),
                newest.keys(),
                newest.location().toString(),
                Optional.empty(),
                found.map(StoredTable::parameters).orElse(Map.of()));
        known.wouldDescribe(new KnownData.DescribedTable(wanted, dataSet, newest));
        table.row(
                id,
                columns.size(),
                newest.keys().isEmpty() ? "none" : keys(newest.keys()),
                isTimeSeries ? String.valueOf(snapshots.size()) : newest.snapshot(),
                found.map(stored -> change(stored, wanted, newest)).orElse("new"),
                newest.location());
    }

    private static String keys(List<CatalogColumn> keys) {
        return keys.stream().map(key -> key.name() + " " + key.type()).collect(Collectors.joining(", "));
    }

    /** By columns, keys, location, and the run whose files it describes. */
    private static String change(StoredTable stored, StoredTable wanted, DataTable newest) {
        List<String> before = namesAndTypes(stored.columns());
        List<String> after = namesAndTypes(wanted.columns());
        List<String> added =
                after.stream().filter(column -> !before.contains(column)).toList();
        List<String> gone =
                before.stream().filter(column -> !after.contains(column)).toList();
        List<String> changes = new ArrayList<>();
        if (!added.isEmpty()) {
            changes.add("%d columns more (%s)".formatted(added.size(), Names.list(added)));
        }
        if (!gone.isEmpty()) {
            changes.add("%d columns fewer (%s)".formatted(gone.size(), Names.list(gone)));
        }
        if (!stored.location().equals(wanted.location())) {
            changes.add("from " + stored.location());
        }
        boolean ofThisRun = newest.run().isPresent()
                && TableOrigin.of(stored).map(TableOrigin::run).equals(newest.run());
        if (!ofThisRun) {
            changes.add(newest.run().map(run -> "of run " + run).orElse("of the files that would be written"));
        }
        return changes.isEmpty() ? "unchanged" : "changed: " + String.join(", ", changes);
    }

    private static List<String> namesAndTypes(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }
}
