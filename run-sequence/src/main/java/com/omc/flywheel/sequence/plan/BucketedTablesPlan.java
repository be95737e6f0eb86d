package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.mapping.TableName;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.versions.WantedTable;
import com.omc.flywheel.sequence.plan.KnownData.DescribedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans create-athena-bucketed-tables: a copy of every staged table, and the statement that makes it. */
final class BucketedTablesPlan implements StepPlanner {
    private static final String MAKER = "register-staged-tables";

    private final KnownData known;
    private final StatementsPlan statements;

    BucketedTablesPlan(KnownData known) {
        this.known = known;
        this.statements = new StatementsPlan(known);
    }

    @Override
    public void plan(PlannedJob job, PlanText text) {
        CatalogName database = new CatalogName(job.text("STAGED_DB"));
        TablePrefix prefix = new TablePrefix(job.text("STAGED_PREFIX"));
        Map<TableName, DescribedTable> staged = new TreeMap<>();
        for (StoredTable table : known.family(database, prefix)) {
            known.described(table.id(), MAKER)
                    .ifPresentOrElse(
                            described -> staged.put(name(prefix, table), described),
                            () -> text.line("leaves out %s: it does not come from %s, or no data set holds it any more"
                                    .formatted(table.id(), MAKER)));
        }
        if (staged.isEmpty()) {
            text.unknown(
                    "the tables to copy are not known: %s has described no table %s.%s*, and no step of this plan would; plan the steps before it too, or run them first"
                            .formatted(MAKER, database, prefix));
            return;
        }
        List<TableName> names = List.copyOf(staged.keySet());
        List<TableName> asked = job.optional("TABLES_FILTER")
                .map(filter -> TablesFilter.parse(filter).select(names, "%s.%s*".formatted(database, prefix)))
                .orElse(names);
        TextTable table = new TextTable("table", "columns", "rows", "files", "bytes", "from");
        List<String> creates = new ArrayList<>();
        asked.forEach(name -> copy(job, name, staged.get(name), table, creates, text));
        text.table(table);
        text.line("files are as many as buckets at most; bytes are those of the table that is read");
        creates.forEach(text::statement);
    }

    private static TableName name(TablePrefix prefix, StoredTable table) {
        return TableName.parse(prefix.without(table.id().table()).orElseThrow());
    }

    private void copy(
            PlannedJob job,
            TableName name,
            DescribedTable staged,
            TextTable table,
            List<String> creates,
            PlanText text) {
        TableId copy = new TableId(
                new CatalogName(job.text("FINAL_DB")),
                new TablePrefix(job.text("TABLE_PREFIX")).nameOf(name.value().toLowerCase(Locale.ROOT)));
        Buckets buckets = new Buckets(job.text("BUCKET_COL"), Integer.parseInt(job.text("BUCKET_COUNT")));
        StoredTable source = staged.table();
        if (source.columns().stream().noneMatch(column -> column.name().equals(buckets.column()))) {
            text.problem(new JobFailure(
                    FailureKind.CONFLICT,
                    "%s has no column %s to place rows by".formatted(source.id(), buckets.column())));
            return;
        }
        DataTable newest = staged.newest();
        WantedTable wanted = WantedTable.copyOf(
                copy, source, statements.origin(MAKER, staged, newest), Optional.of(buckets), newest.rows());
        table.row(
                copy,
                source.columns().size(),
                "%,d".formatted(newest.rows()),
                buckets.count(),
                DataSize.format(newest.bytes()),
                source.id());
        if (statements.isHeld(job, wanted)) {
            text.line("%s holds this already and stays as it is (FORCE true builds it again)".formatted(copy));
        } else {
            creates.add(statements.statement(job, "BUCKETED_BASE", wanted));
        }
    }
}
