package com.omc.flywheel.common.catalog;

import java.util.regex.Pattern;

/**
 * The name of a database or a table in the Glue catalog; safe to stand in a statement.
 *
 * @param value lower case, as Glue folds it, 255 characters at most (AWS Glue API reference, Table); letters, digits and
 *     underscores alone, since Athena takes nothing else in a name that it is to query ("Name databases, tables, and
 *     columns")
 */
public record CatalogName(String value) implements Comparable<CatalogName> {
    private static final Pattern LEGAL = Pattern.compile("[a-z_][a-z0-9_]{0,254}");

    public CatalogName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a catalog name (a-z, 0-9 and underscore, not beginning with a digit, 255 characters), got \"%s\""
                            .formatted(value));
        }
    }

    /** Reads a name exactly as it is written: one in upper case would be another name in every message of Glue. */
    public static CatalogName parse(String text) {
        return new CatalogName(text);
    }

    @Override
    public int compareTo(CatalogName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
