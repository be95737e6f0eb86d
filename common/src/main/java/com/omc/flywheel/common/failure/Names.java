package com.omc.flywheel.common.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How messages name many things: a bounded list of names, and the known name nearest to a misspelt one. */
public final class Names {
    private static final int SHOWN = 20;

    private Names() {}

    /** The names separated by commas; of more than twenty the first twenty and how many more there are. */
    public static String list(Collection<String> names) {
        if (names.size() <= SHOWN) {
            return String.join(", ", names);
        }
        List<String> first = names.stream().limit(SHOWN).toList();
        return String.join(", ", first) + " and " + (names.size() - SHOWN) + " more";
    }

    /** The known name that the fewest edits turn the given one into; empty when none is near enough to be meant. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        int limit = Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The Levenshtein distance, letters of either case being equal. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
