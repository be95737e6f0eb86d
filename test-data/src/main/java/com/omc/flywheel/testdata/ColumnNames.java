package com.omc.flywheel.testdata;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names the columns, table by table: each name once, the same names every time. */
final class ColumnNames {
    /** A column of the mapping, its name in the producer's system and its number there. */
    record Name(String column, String sourceColumn, String elementNumber) {}

    private static final int FIRST_ELEMENT = 1_802;
    private static final int LOWEST_ELEMENT = 1_000;

    /** A prime, so that any step visits every number before it comes back to one: four digits and no visible order. */
    private static final int ELEMENTS = 8_999;

    private static final int ELEMENT_STEP = 5_471;

    private final Map<String, Integer> counts = new HashMap<>();

    Name next(String table) {
        String family = family(table);
        int number = counts.merge(family, 1, Integer::sum);
        return switch (family) {
            case "ibe" -> numbered("ibe", "%04d", element(number));
            case "new_borrowers" -> numbered("nb_", "%03d", number);
            case "n_a" -> numbered("na_", "%04d", 10 * number + 3);
            default -> marketIndex(family, number);
        };
    }

    /** Tables of one family count on from each other: MIACS_02, MIACS_02_A and MIACS_02_B have one sequence of numbers. */
    private static String family(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        if (name.startsWith("ibe_")) {
            return "ibe";
        }
        return name.startsWith("miacs_") ? name.substring(0, "miacs_02".length()) : name.replaceFirst("^n_a_a$", "n_a");
    }

    private static int element(int number) {
        return LOWEST_ELEMENT + (FIRST_ELEMENT - LOWEST_ELEMENT + (number - 1) * ELEMENT_STEP) % ELEMENTS;
    }

    private static Name numbered(String prefix, String format, int number) {
        String digits = format.formatted(number);
        return new Name(prefix + digits, (prefix + digits).toUpperCase(Locale.ROOT), digits);
    }

    private static Name marketIndex(String family, int number) {
        String column = "%s_%03d".formatted(family, number);
        return new Name(
                column,
                column.toUpperCase(Locale.ROOT),
                family.substring("miacs_".length()) + "%03d".formatted(number));
    }
}
