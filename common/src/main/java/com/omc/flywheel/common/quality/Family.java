package com.omc.flywheel.common.quality;

import java.util.Arrays;
import java.util.Optional;

/** The tables that one job describes. */
public enum Family {
    /** External tables over a clustered data set. */
    STAGED("staged", "register-staged-tables"),
    /** Copies of these in Hive's buckets. */
    BUCKETED("bucketed", "create-athena-bucketed-tables"),
    /** Tables over the snapshots of a partitioned data set. */
    PARTITIONED("partitioned", "register-part-tables"),
    /** The copy of the ids that AWS Entity Resolution reads. */
    ID_TABLE("id table", "create-part-addressable-ids-er-table");

    private final String text;
    private final String maker;

    Family(String text, String maker) {
        this.text = text;
        this.maker = maker;
    }

    /** The job that describes them, and mends them. */
    public String maker() {
        return maker;
    }

    static Optional<Family> madeBy(String job) {
        return Arrays.stream(values())
                .filter(family -> family.maker.equals(job))
                .findFirst();
    }

    /** Whether each of its tables is a version, in a folder of its own. */
    boolean hasVersions() {
        return this == BUCKETED || this == ID_TABLE;
    }

    @Override
    public String toString() {
        return text;
    }
}
