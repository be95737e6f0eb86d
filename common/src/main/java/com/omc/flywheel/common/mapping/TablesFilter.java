package com.omc.flywheel.common.mapping;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The tables that a run is limited to: names separated by commas, in any case, with or without the prefix that the
 * catalog puts before them ({@code ibe_01}, {@code ext_IBE_01}, {@code bucketed_ibe_01}).
 *
 * @param names as they were written
 */
public record TablesFilter(List<String> names) {
    private static final List<String> PREFIXES = List.of("EXT_", "BUCKETED_", "PART_");

    public TablesFilter {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("expected table names separated by commas");
        }
    }

    public static TablesFilter parse(String text) {
        return new TablesFilter(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /**
     * The known tables that the filter names, in their own order.
     *
     * @throws JobFailure BAD_ARGUMENT with every name that is not known, and all that are
     */
    public List<TableName> select(List<TableName> known) {
        return select(known, "the mapping");
    }

    /**
     * The same for tables that something else has.
     *
     * @param holder what has them, for the message
     */
    public List<TableName> select(List<TableName> known, String holder) {
        Set<TableName> selected = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            find(name, known).ifPresentOrElse(selected::add, () -> unknown.add(name));
        }
        if (!unknown.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--TABLES_FILTER names tables that %s does not have: %s; it has %s"
                            .formatted(
                                    holder,
                                    Names.list(unknown),
                                    String.join(
                                            ", ",
                                            known.stream().map(TableName::value).toList())));
        }
        return known.stream().filter(selected::contains).toList();
    }

    /** A table that is itself called EXT_X is meant before the prefix is taken off. */
    private static Optional<TableName> find(String name, List<TableName> known) {
        String upper = name.toUpperCase(Locale.ROOT);
        List<String> meant = new ArrayList<>(List.of(upper));
        PREFIXES.stream()
                .filter(upper::startsWith)
                .map(prefix -> upper.substring(prefix.length()))
                .forEach(meant::add);
        return meant.stream()
                .flatMap(candidate ->
                        known.stream().filter(table -> table.value().equals(candidate)))
                .findFirst();
    }

    @Override
    public String toString() {
        return String.join(",", names);
    }
}
