package com.omc.flywheel.common.columns;

import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The columns of a source by their normalised names, in the order of the source. */
public final class SourceColumns {
    private final Map<ColumnName, SourceColumn> columns;

    private SourceColumns(Map<ColumnName, SourceColumn> columns) {
        this.columns = columns;
    }

    /** Columns whose names are known to be legal and distinct. */
    public static SourceColumns of(Collection<SourceColumn> columns) {
        Map<ColumnName, SourceColumn> byName = new LinkedHashMap<>();
        for (SourceColumn column : columns) {
            if (byName.put(column.name(), column) != null) {
                throw new IllegalArgumentException("two columns are called " + column.name());
            }
        }
        return new SourceColumns(byName);
    }

    /**
     * The problems of these spellings as column names: illegal ones, and those that differ in case alone and would
     * become one column.
     */
    public static List<String> problemsOf(Collection<String> sourceNames) {
        Map<String, String> illegal = new TreeMap<>();
        Map<ColumnName, List<String>> spellings = new TreeMap<>();
        for (String sourceName : sourceNames) {
            try {
                spellings
                        .computeIfAbsent(ColumnName.parse(sourceName), name -> new ArrayList<>())
                        .add(sourceName);
            } catch (IllegalArgumentException e) {
                illegal.put(sourceName, e.getMessage());
            }
        }
        List<String> problems = new ArrayList<>();
        if (!illegal.isEmpty()) {
            problems.add(
                    "source columns with names that no table can carry: %s".formatted(Names.list(illegal.keySet())));
        }
        spellings.forEach((name, same) -> {
            if (same.size() > 1) {
                problems.add("source columns %s all become %s in lower case; rename all but one at the producer"
                        .formatted(String.join(", ", same.stream().sorted().toList()), name));
            }
        });
        return problems;
    }

    /** Every column, in the order of the source. */
    public List<SourceColumn> all() {
        return List.copyOf(columns.values());
    }

    public Optional<SourceColumn> find(ColumnName name) {
        return Optional.ofNullable(columns.get(name));
    }

    public Set<ColumnName> names() {
        return columns.keySet();
    }
}
