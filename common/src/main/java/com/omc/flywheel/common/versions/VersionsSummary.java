package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.report.TextTable;
import com.omc.flywheel.common.storage.DataSize;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of tables.
 *
 * @param tables each that was wanted
 * @param skipped tables that were not, and why, a sentence each
 * @param recovered what became of runs before that had not ended, a sentence each
 */
public record VersionsSummary(List<TableOutcome> tables, List<String> skipped, List<String> recovered)
        implements JobSummary {
    public VersionsSummary {
        tables = List.copyOf(tables);
        skipped = List.copyOf(skipped);
        recovered = List.copyOf(recovered);
    }

    @Override
    public String render() {
        String text = lines("recovered", recovered) + lines("skipped", skipped);
        if (tables.isEmpty()) {
            return recovered.isEmpty() ? "nothing to recover%n".formatted() + text : text;
        }
        TextTable table = new TextTable("table", "change", "rows", "buckets", "files", "bytes", "versions", "location");
        for (TableOutcome outcome : tables) {
            table.row(
                    outcome.table(),
                    outcome.change(),
                    "%,d".formatted(outcome.rows()),
                    outcome.buckets().map(Buckets::count).map(String::valueOf).orElse("none"),
                    outcome.files(),
                    DataSize.format(outcome.bytes()),
                    outcome.kept(),
                    outcome.location());
        }
        return text + table;
    }

    private static String lines(String what, List<String> sentences) {
        return sentences.stream()
                .map(sentence -> "%s: %s%n".formatted(what, sentence))
                .collect(Collectors.joining());
    }
}
