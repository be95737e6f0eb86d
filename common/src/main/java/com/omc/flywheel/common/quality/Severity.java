package com.omc.flywheel.common.quality;

import java.util.Locale;

/** How bad a finding is, the worst first. */
public enum Severity {
    /** Readers find wrong rows, too few or none, or what is promised to them does not hold. */
    ERROR,
    /** Readers find what they should, and somebody should look all the same. */
    WARNING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
