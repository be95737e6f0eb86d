package com.omc.flywheel.common.columns;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column's name as tables carry it: lower case, letters, digits and underscores, not beginning with a digit.
 *
 * <p>Glue folds names to lower case and takes 255 characters (Glue API reference, Column); names beyond letters, digits
 * and underscores need quoting in every engine.
 *
 * @param value the normalised name
 */
public record ColumnName(String value) implements Comparable<ColumnName> {
    private static final Pattern LEGAL = Pattern.compile("[a-z_][a-z0-9_]{0,254}");

    public ColumnName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a column name (a-z, 0-9 and underscore, not beginning with a digit, 255 characters)"
                            .formatted(value));
        }
    }

    /** Normalises a name of any case: {@code Customer_User_id} becomes {@code customer_user_id}. */
    public static ColumnName parse(String text) {
        return new ColumnName(text.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public int compareTo(ColumnName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
