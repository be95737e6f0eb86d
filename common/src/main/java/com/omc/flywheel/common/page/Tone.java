package com.omc.flywheel.common.page;

/** How something is to be taken; a page shows it by a word or sign beside the colour. */
public enum Tone {
    NEUTRAL,
    GOOD,
    WARNING,
    BAD,
    /** What could not be found out. */
    UNKNOWN
}
