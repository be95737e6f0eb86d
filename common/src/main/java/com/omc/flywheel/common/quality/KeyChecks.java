package com.omc.flywheel.common.quality;

/** By what null and duplicate keys are counted. */
public enum KeyChecks {
    /** They are not. */
    NONE,
    /** By what the run that wrote the files has counted. */
    MANIFEST,
    /** By the keys in the files, which are read. */
    SCAN
}
