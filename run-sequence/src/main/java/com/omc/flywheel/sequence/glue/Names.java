package com.omc.flywheel.sequence.glue;

import java.util.Locale;

/** How Glue writes names. */
final class Names {
    private Names() {}

    /** Databases and tables: "folded to lowercase when it is stored" (AWS Glue API reference, TableInput, Name). */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A field in a message of AWS: {@code TableInput} is {@code tableInput} there. */
    static String lowerCamel(String field) {
        return field.substring(0, 1).toLowerCase(Locale.ROOT) + field.substring(1);
    }
}
