package com.omc.flywheel.common.report;

/** Which files of a report are wanted. */
public enum ReportOutput {
    /** One file for programs: the only one that a later report of the series compares itself with. */
    JSON,
    /** A file for each table of the report, for spreadsheets. */
    CSV,
    /** One page for people. */
    HTML,
    /** All of them. */
    ALL;

    /** True when files of that form are wanted. */
    public boolean includes(ReportOutput form) {
        return this == ALL || this == form;
    }
}
