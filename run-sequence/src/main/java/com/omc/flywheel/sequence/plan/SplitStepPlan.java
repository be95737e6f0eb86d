package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.split.SplitSummary;
import com.omc.flywheel.common.split.TablePlan;
import com.omc.flywheel.common.storage.DataSize;
import java.util.ArrayList;
import java.util.List;

/** Plans the jobs that cut a snapshot into tables, by their own dry run. */
final class SplitStepPlan implements StepPlanner {
    private final KnownData known;

    SplitStepPlan(KnownData known) {
        this.known = known;
    }

    @Override
    public void plan(PlannedJob job, PlanText text) {
        List<String> tokens = new ArrayList<>(job.tokens());
        tokens.addAll(List.of("--DRY_RUN", "true"));
        SplitSummary split = (SplitSummary) known.jobs().run(job.definition(), tokens);
        known.wouldSplit(split);
        text.line("reads snapshot %s: %,d rows in %d files, %s, from %s"
                .formatted(
                        split.plan().source().folder().date(),
                        split.plan().source().rows(),
                        split.plan().source().folder().dataFiles().size(),
                        DataSize.format(split.plan().source().folder().bytes()),
                        split.plan().source().folder().uri()));
        if (split.manifest().isPresent()) {
            text.line(
                    "already published with this source, mapping and arguments; nothing is written (FORCE true writes it again)");
        }
        TextTable table = new TextTable("table", "columns", "rows", "files", "bytes", "where to");
        for (TablePlan planned : split.plan().tables()) {
            DataTable there = split.manifest()
                    .map(manifest -> {
                        TableEntry entry = manifest.table(planned.folder()).orElseThrow();
                        return DataTable.published(split.target(), manifest, entry);
                    })
                    .orElseGet(() -> DataTable.planned(split, planned));
            table.row(
                    there.folder(),
                    there.columns().size(),
                    "%,d".formatted(there.rows()),
                    there.files(),
                    DataSize.format(there.bytes()),
                    there.snapshotLocation());
        }
        text.table(table);
        if (split.manifest().isEmpty()) {
            text.line("bytes are those of the source's columns; files are as many as that asks for");
        }
        overBudget(split.budget(), split).forEach(text::line);
    }

    private static List<String> overBudget(ColumnBudget budget, SplitSummary split) {
        List<String> keys = split.plan().placement().partitionKeys().stream()
                .map(key -> key.name())
                .toList();
        return split.plan().tables().stream()
                .flatMap(table -> budget
                        .exceededBy(
                                table.folder(),
                                table.columns().stream()
                                        .map(column -> column.name().value())
                                        .toList(),
                                keys)
                        .stream())
                .map("warning: %s"::formatted)
                .toList();
    }
}
