package com.omc.flywheel.common.quality;

/** What a finding is about, in the words of the report. */
public enum MonitorCheck {
    DATA_SET("data set"),
    REGISTRATION("registration"),
    CONTRACT("schema contract"),
    ORIGIN("comment and location"),
    PARTITIONS("partitions"),
    FILES("files"),
    BUCKETS("buckets"),
    FRESHNESS("freshness"),
    ROWS("rows"),
    KEYS("keys"),
    SIZES("file sizes"),
    COLUMNS("column budget"),
    NULL_RATES("null rates"),
    OVERLAP("overlap of ids");

    private final String text;

    MonitorCheck(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
