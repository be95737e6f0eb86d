package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.OwnTables.Change;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.report.TextTable;
import java.util.List;

/**
 * What a registration did.
 *
 * @param database where
 * @param tables in the order of the data sets and their tables
 * @param notes what is worth knowing, a sentence each
 * @param warnings what somebody should look at, a sentence each
 */
public record RegistrationSummary(
        CatalogName database, List<RegisteredTable> tables, List<String> notes, List<String> warnings)
        implements JobSummary {
    public RegistrationSummary {
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    @Override
    public String render() {
        TextTable text = new TextTable("table", "change", "columns", "rows", "location");
        for (RegisteredTable table : tables) {
            text.row(
                    table.id().table(),
                    table.change(),
                    table.columns(),
                    "%,d".formatted(table.rows()),
                    table.location());
        }
        StringBuilder rendered = new StringBuilder("tables of database %s: %d created, %d updated, %d unchanged%n"
                .formatted(database, count(Change.CREATED), count(Change.UPDATED), count(Change.UNCHANGED)));
        rendered.append(text);
        notes.forEach(note -> rendered.append("note: %s%n".formatted(note)));
        warnings.forEach(warning -> rendered.append("warning: %s%n".formatted(warning)));
        return rendered.toString();
    }

    private long count(Change change) {
        return tables.stream().filter(table -> table.change() == change).count();
    }
}
