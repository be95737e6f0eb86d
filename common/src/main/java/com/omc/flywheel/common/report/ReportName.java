package com.omc.flywheel.common.report;

import java.util.regex.Pattern;

/**
 * What the names of a report's files begin with; reports of one name are a series.
 *
 * @param value letters, digits, underscores, hyphens and dots, at most 100
 */
public record ReportName(String value) {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    public ReportName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected the name of a report like clean_rooms_report (A-Z, a-z, 0-9, underscore, hyphen and dot, 100 characters), got \"%s\""
                            .formatted(value));
        }
    }

    public static ReportName parse(String text) {
        return new ReportName(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
