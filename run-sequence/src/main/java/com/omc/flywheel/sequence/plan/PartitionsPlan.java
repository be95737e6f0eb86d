package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredPartition;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.partitions.PartTable;
import com.omc.flywheel.common.partitions.PartitionChanges;
import com.omc.flywheel.common.query.RepairTable;
import com.omc.flywheel.common.query.StatementText;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.split.Placement;
import com.omc.flywheel.common.split.SplitSummary;
import com.omc.flywheel.sequence.plan.KnownData.DescribedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans prepare-part-tables: which partitions the catalog lacks, and who is asked to look for them. */
final class PartitionsPlan implements StepPlanner {
    private final KnownData known;

    PartitionsPlan(KnownData known) {
        this.known = known;
    }

    @Override
    public void plan(PlannedJob job, PlanText text) {
        CatalogName database = new CatalogName(job.text("DATABASE"));
        TablePrefix prefix = new TablePrefix(job.text("TABLE_PREFIX"));
        TextTable changes = new TextTable("table", "added", "switched", "kept", "stale");
        List<String> repairs = new ArrayList<>();
        boolean any = false;
        for (StoredTable table : known.family(database, prefix)) {
            Optional<DescribedTable> described = known.described(table.id(), PartTable.DESCRIBED_BY);
            if (described.isEmpty() || table.partitionKeys().isEmpty()) {
                text.line("leaves out %s: it has no partitions that %s would keep"
                        .formatted(table.id(), job.definition().name()));
                continue;
            }
            any = true;
            changes(described.get(), changes);
            if (job.text("REPAIR").equalsIgnoreCase("athena")) {
                repairs.add(StatementText.forAthena(new RepairTable(table.id())));
            }
        }
        if (!any) {
            text.unknown(
                    "the tables to prepare are not known: %s has described no table %s.%s*, and no step of this plan would; plan the steps before it too, or run them first"
                            .formatted(PartTable.DESCRIBED_BY, database, prefix));
            return;
        }
        text.table(changes);
        repairs.forEach(text::statement);
        if (repairs.isEmpty()) {
            text.line("no SQL: the catalog is asked itself");
        }
        text.line("stale partitions are %s; no file is written"
                .formatted(job.isTrue("DROP_STALE") ? "taken out of the catalog" : "named and stay"));
        job.optional("RETAIN_SNAPSHOTS")
                .ifPresent(number -> text.line("of each data set the newest %s snapshots are kept; the others are %s"
                        .formatted(
                                number, job.isTrue("RETAIN_DRY_RUN") ? "named and stay" : "deleted, files and all")));
    }

    private void changes(DescribedTable described, TextTable table) {
        TableId id = described.table().id();
        List<StoredPartition> stored = known.jobs().catalog().find(id).isPresent()
                ? known.jobs().catalog().partitions(id)
                : List.of();
        String folder = described.newest().folder();
        Optional<SplitSummary> split = known.split(described.dataSet()).filter(one -> one.plan().tables().stream()
                .anyMatch(planned -> planned.folder().equals(folder)));
        String written =
                split.map(one -> one.plan().source().folder().date().toString()).orElse("");
        List<StoredPartition> replaced = stored.stream()
                .filter(partition -> partition.values().get(0).equals(written))
                .toList();
        List<StoredPartition> others = stored.stream()
                .filter(partition -> !partition.values().get(0).equals(written))
                .toList();
        PartitionChanges changes =
                PartitionChanges.of(described.dataSet(), folder, known.staying(described.dataSet()), others);
        List<String> added = new ArrayList<>(changes.added());
        List<String> switched = new ArrayList<>(changes.switched());
        split.ifPresent(one -> (replaced.isEmpty() ? added : switched).add(planned(one, written)));
        table.row(id, list(added), list(switched), changes.kept(), list(changes.stale()));
    }

    /** One partition, or as many as there are id buckets with rows, which nobody knows before. */
    private static String planned(SplitSummary split, String snapshot) {
        Placement placement = split.plan().placement();
        String partition = PartitionChanges.text(List.of(snapshot));
        return placement.hasFolders()
                ? "%s/%s=0 to %d".formatted(partition, Placement.ID_BUCKET, placement.buckets() - 1)
                : partition;
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : Names.list(names);
    }
}
