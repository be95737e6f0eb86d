package com.omc.flywheel.common.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the names of a family of tables begin with, for example {@code ext_}.
 *
 * @param value letters, digits and underscores, not beginning with a digit
 */
public record TablePrefix(String value) {
    // What is left of Glue's 255 characters when a mapping's table takes its 200.
    private static final Pattern LEGAL = Pattern.compile("[a-z_][a-z0-9_]{0,54}");

    public TablePrefix {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected a prefix like ext_ (a-z, 0-9 and underscore, not beginning with a digit, 55 characters), got \"%s\""
                            .formatted(value));
        }
    }

    public static TablePrefix parse(String text) {
        return new TablePrefix(text);
    }

    /** The catalog's name of a table that a data set calls by this name: {@code IBE_01} is {@code ext_ibe_01}. */
    public CatalogName nameOf(String table) {
        return new CatalogName(value + table.toLowerCase(Locale.ROOT));
    }

    /** What follows the prefix in the name of a table; empty when it is none of this family. */
    public Optional<String> without(CatalogName table) {
        return table.value().length() > value.length() && table.value().startsWith(value)
                ? Optional.of(table.value().substring(value.length()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
