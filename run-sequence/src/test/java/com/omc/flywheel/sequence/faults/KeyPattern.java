package com.omc.flywheel.sequence.faults;

import java.util.regex.Pattern;

/** A key without what differs from run to run and from table to table, so that two runs have the same patterns. */
final class KeyPattern {
    private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    /** A whole segment of the key: the folder of a table, or what a job makes of one. */
    private static final Pattern TABLE =
            Pattern.compile("(?<=^|/)(?:(?:part|ext|bucketed|table)_\\w+|(?i:ibe)_\\w+)(?=/|$)");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private KeyPattern() {}

    /** The order matters: the later patterns would match inside the earlier ones. */
    static String of(String key) {
        String pattern = RUN.matcher(key).replaceAll("<run>");
        pattern = UUID.matcher(pattern).replaceAll("<uuid>");
        pattern = DATE.matcher(pattern).replaceAll("<date>");
        pattern = TABLE.matcher(pattern).replaceAll("<table>");
        return NUMBER.matcher(pattern).replaceAll("<n>");
    }
}
