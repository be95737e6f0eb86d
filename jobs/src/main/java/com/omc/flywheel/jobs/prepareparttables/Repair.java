package com.omc.flywheel.jobs.prepareparttables;

/** Who looks for partitions that the catalog does not have. */
enum Repair {
    /** Athena first, by the folders that it finds; what is not right then is put right in the catalog. */
    ATHENA,
    /** The catalog alone, by the manifests. */
    CATALOG
}
