package com.omc.flywheel.common.split;

import com.omc.flywheel.common.columns.ColumnBudget;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.DataSize;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a split did, or with a dry run would do.
 *
 * @param plan what was planned
 * @param target where
 * @param budget how many columns of a table readers can see
 * @param manifest what is published; after a dry run only when that is what a run would leave as it is
 * @param end what became of the plan
 */
public record SplitSummary(SplitPlan plan, DataSet target, ColumnBudget budget, Optional<Manifest> manifest, End end)
        implements JobSummary {

    /** What became of a plan. */
    public enum End {
        PLANNED,
        PUBLISHED,
        ALREADY_PUBLISHED
    }

    static SplitSummary planned(SplitPlan plan, SplitOptions options, Optional<Manifest> standing) {
        return new SplitSummary(plan, options.target(), options.budget(), standing, End.PLANNED);
    }

    static SplitSummary published(SplitPlan plan, SplitOptions options, Manifest manifest) {
        return new SplitSummary(plan, options.target(), options.budget(), Optional.of(manifest), End.PUBLISHED);
    }

    static SplitSummary alreadyPublished(SplitPlan plan, SplitOptions options, Manifest manifest) {
        return new SplitSummary(plan, options.target(), options.budget(), Optional.of(manifest), End.ALREADY_PUBLISHED);
    }

    @Override
    public String render() {
        return switch (end) {
            case PLANNED ->
                renderPlanned() + manifest.map(this::renderAlreadyPublished).orElse("");
            case PUBLISHED -> renderPublished(manifest.orElseThrow());
            case ALREADY_PUBLISHED -> renderAlreadyPublished(manifest.orElseThrow());
        };
    }

    private String renderPlanned() {
        TextTable text = new TextTable("table", "columns", "source bytes", "files");
        for (TablePlan table : plan.tables()) {
            text.row(table.folder(), table.columns().size(), DataSize.format(table.bytes()), plan.filesOf(table));
        }
        return "plan for snapshot %s (%,d rows in %d files, %s) to %s; nothing is written%n%s%s"
                .formatted(
                        plan.source().folder().date(),
                        plan.source().rows(),
                        plan.source().folder().dataFiles().size(),
                        DataSize.format(plan.source().folder().bytes()),
                        target.root(),
                        text,
                        overBudget());
    }

    private String overBudget() {
        return plan.tables().stream()
                .flatMap(table -> table.over(budget, plan.placement()).stream())
                .map("warning: %s%n"::formatted)
                .collect(Collectors.joining());
    }

    private String renderAlreadyPublished(Manifest published) {
        List<String> runs = plan.tables().stream()
                .map(planned -> table(published, planned).runId().toString())
                .distinct()
                .toList();
        return "already published: snapshot %s is in %s with this source, mapping and arguments, by run %s; nothing is written, --FORCE true writes it again%n"
                .formatted(plan.source().folder().date(), target.root(), Names.list(runs));
    }

    private String renderPublished(Manifest published) {
        TextTable text = new TextTable("table", "columns", "rows", "files", "bytes", "max/mean file");
        for (TablePlan planned : plan.tables()) {
            TableEntry table = table(published, planned);
            text.row(
                    table.folder(),
                    table.columns().size(),
                    "%,d".formatted(table.rows()),
                    table.files().size(),
                    DataSize.format(table.bytes()),
                    "%.2f".formatted(unevenness(table.files())));
        }
        TableEntry first = table(published, plan.tables().get(0));
        return "published snapshot %s as run %s to %s: %,d null and %,d duplicate keys%n%s%s"
                .formatted(
                        published.snapshotDt(),
                        published.runId(),
                        target.root(),
                        first.nullKeys(),
                        first.duplicateKeys(),
                        text,
                        overBudget());
    }

    private static TableEntry table(Manifest published, TablePlan planned) {
        return published.table(planned.folder()).orElseThrow();
    }

    /** How much larger than the mean the largest file is. */
    private static double unevenness(List<FileEntry> files) {
        var sizes = files.stream().collect(Collectors.summarizingLong(FileEntry::bytes));
        return sizes.getMax() / sizes.getAverage();
    }
}
