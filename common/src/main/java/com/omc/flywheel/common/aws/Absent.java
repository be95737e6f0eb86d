package com.omc.flywheel.common.aws;

/** What answers of the SDK leave out, which it gives as null. */
public final class Absent {
    private Absent() {}

    /** The text; empty when the answer has none. */
    public static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
