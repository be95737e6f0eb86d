package com.omc.flywheel.common.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One report in every form that it can be written in.
 *
 * @param json the report for programs
 * @param tables the report for spreadsheets
 * @param html the report for people
 */
public record ReportContent(String json, List<Table> tables, String html) {
    public ReportContent {
        tables = List.copyOf(tables);
    }

    /**
     * One table of the report.
     *
     * @param suffix what the name of its file ends with, for example {@code Tables}
     * @param csv its text, as {@link CsvText} makes it
     */
    public record Table(String suffix, String csv) {
        private static final Pattern SUFFIX = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

        public Table {
            if (!SUFFIX.matcher(suffix).matches()) {
                throw new IllegalArgumentException("\"%s\" is no suffix of a report's file".formatted(suffix));
            }
        }
    }
}
