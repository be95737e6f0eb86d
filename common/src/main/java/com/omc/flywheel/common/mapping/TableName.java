package com.omc.flywheel.common.mapping;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table of a mapping. Its folder carries the name in upper case even from a lower-case mapping; the catalog's table
 * carries it in lower case behind a prefix.
 *
 * @param value the name in upper case; at most 200 characters, which leaves room for a prefix within Glue's 255
 */
public record TableName(String value) implements Comparable<TableName> {
    private static final Pattern LEGAL = Pattern.compile("[A-Z][A-Z0-9_]{0,199}");

    public TableName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a table name (A-Z, 0-9 and underscore, beginning with a letter, 200 characters)"
                            .formatted(value));
        }
    }

    /** Reads a name of any case. */
    public static TableName parse(String text) {
        return new TableName(text.strip().toUpperCase(Locale.ROOT));
    }

    @Override
    public int compareTo(TableName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
