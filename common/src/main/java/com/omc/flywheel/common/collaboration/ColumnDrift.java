package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.catalog.CatalogColumn;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.cleanrooms.ConfiguredTable;
import com.omc.flywheel.common.cleanrooms.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the columns that members may ask for differ from those that the table has.
 *
 * @param notAllowed data columns of the catalog that no rule can let through, in their order
 * @param partitionKeysNotAllowed partition keys that queries cannot narrow a scan by
 * @param gone allowed columns that the catalog does not have
 * @param otherTypes columns whose type in the collaboration is not the catalog's, a clause each
 */
public record ColumnDrift(
        List<String> notAllowed, List<String> partitionKeysNotAllowed, List<String> gone, List<String> otherTypes) {
    /** Types that have two names: Amazon Athena user guide, "Data types". */
    private static final Map<String, String> SAME = Map.of("integer", "int");

    public ColumnDrift {
        notAllowed = List.copyOf(notAllowed);
        partitionKeysNotAllowed = List.copyOf(partitionKeysNotAllowed);
        gone = List.copyOf(gone);
        otherTypes = List.copyOf(otherTypes);
    }

    /** The drift of a table; empty when one of the two sides is not there or could not be read. */
    static Optional<ColumnDrift> of(TableState table) {
        Optional<ConfiguredTable> configured =
                table.configured().orElse(Optional.empty()).filter(ConfiguredTable::isRead);
        return table.glue()
                .orElse(Optional.empty())
                .flatMap(glue -> configured.map(
                        allowed -> between(glue, allowed, table.schema().orElse(Optional.empty()))));
    }

    private static ColumnDrift between(StoredTable glue, ConfiguredTable configured, Optional<Schema> schema) {
        Set<String> allowed =
                configured.allowedColumns().stream().map(ColumnDrift::folded).collect(Collectors.toSet());
        Map<String, String> types = new TreeMap<>();
        Stream.concat(glue.columns().stream(), glue.partitionKeys().stream())
                .forEach(column -> types.put(folded(column.name()), column.type()));
        return new ColumnDrift(
                without(glue.columns(), allowed),
                without(glue.partitionKeys(), allowed),
                configured.allowedColumns().stream()
                        .filter(column -> !types.containsKey(folded(column)))
                        .toList(),
                schema.stream()
                        .flatMap(known -> known.columns().stream())
                        .filter(column -> isOfOtherType(column, types))
                        .map(column -> "%s is %s in the collaboration and %s in the catalog"
                                .formatted(column.name(), column.type(), types.get(folded(column.name()))))
                        .toList());
    }

    private static boolean isOfOtherType(Schema.Column column, Map<String, String> types) {
        String type = types.get(folded(column.name()));
        return type != null && !column.type().isBlank() && !canonical(type).equals(canonical(column.type()));
    }

    private static String canonical(String type) {
        String folded = folded(type);
        return SAME.getOrDefault(folded, folded);
    }

    private static List<String> without(List<CatalogColumn> columns, Set<String> allowed) {
        return columns.stream()
                .map(CatalogColumn::name)
                .filter(name -> !allowed.contains(folded(name)))
                .toList();
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** True when members may ask for all columns, and for none that is not there. */
    public boolean isNone() {
        return notAllowed.isEmpty() && gone.isEmpty() && otherTypes.isEmpty();
    }
}
