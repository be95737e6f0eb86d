package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.partitions.PartTable;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.DataSize;
import com.omc.flywheel.common.versions.IdTable;
import com.omc.flywheel.common.versions.WantedTable;
import com.omc.flywheel.sequence.plan.KnownData.DescribedTable;
import java.util.List;
import java.util.Optional;

/** Plans create-part-addressable-ids-er-table: the table of ids over one snapshot, and the statement that makes it. */
final class IdTablePlan implements StepPlanner {
    private final KnownData known;
    private final StatementsPlan statements;

    IdTablePlan(KnownData known) {
        this.known = known;
        this.statements = new StatementsPlan(known);
    }

    @Override
    public void plan(PlannedJob job, PlanText text) {
        TableId source = TableId.of(job.text("DATABASE"), job.text("SOURCE_TABLE"));
        Optional<DescribedTable> described = known.described(source, PartTable.DESCRIBED_BY);
        if (described.isEmpty()) {
            text.unknown(
                    "the ids are not known: %s has not described %s, and no step of this plan would; plan the steps before it too, or run them first"
                            .formatted(PartTable.DESCRIBED_BY, source));
            return;
        }
        DataTable snapshot = snapshot(job, described.get());
        CatalogColumn key = snapshot.columns().stream()
                .filter(column -> column.name().equals(job.text("KEY")))
                .findFirst()
                .orElseThrow(() ->
                        new JobFailure(FailureKind.CONFLICT, "%s has no column %s".formatted(source, job.text("KEY"))));
        TableId target = TableId.of(job.text("DATABASE"), job.text("TARGET_TABLE"));
        WantedTable wanted = IdTable.copyOf(
                target,
                described.get().table(),
                statements.origin(PartTable.DESCRIBED_BY, described.get(), snapshot),
                key,
                snapshot.rows());
        TextTable table = new TextTable("table", "columns", "rows", "snapshot", "bytes", "from");
        table.row(
                target,
                wanted.described().size(),
                "%,d".formatted(snapshot.rows()),
                snapshot.snapshot(),
                DataSize.format(snapshot.bytes()),
                source);
        text.table(table);
        text.line("the engine decides about files; bytes are at most those of the table that is read");
        if (statements.isHeld(job, wanted)) {
            text.line("%s holds this already and stays as it is (FORCE true builds it again)".formatted(target));
        } else {
            text.statement(statements.statement(job, "LOCATION", wanted));
        }
    }

    private DataTable snapshot(PlannedJob job, DescribedTable source) {
        Optional<String> asked = job.optional("SNAPSHOT_DT");
        if (asked.isEmpty()) {
            return source.newest();
        }
        List<DataTable> snapshots =
                known.tables(source.dataSet()).getOrDefault(source.newest().folder(), List.of());
        return snapshots.stream()
                .filter(snapshot -> snapshot.snapshot().toString().equals(asked.get()))
                .findFirst()
                .orElseThrow(() -> new JobFailure(
                        FailureKind.MISSING_INPUT,
                        "--SNAPSHOT_DT %s: %s has no such snapshot, and no step of this plan would write it"
                                .formatted(asked.get(), source.table().id())));
    }
}
