package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a table or one of its partitions says that its files lie.
 *
 * @param table the database and the table as the catalog writes them, which need not be names that we take
 * @param partition the values of the partition that says so; empty when the table does
 * @param location as it is written
 */
public record NamedLocation(String table, List<String> partition, String location) {
    // Athena user guide, "Set up partition projection": folders come from these and not from partitions then.
    private static final String PROJECTION = "projection.enabled";
    private static final String TEMPLATE = "storage.location.template";

    public NamedLocation {
        partition = List.copyOf(partition);
    }

    /**
     * What a table says, if it or the template of its partitions lies at the root, above it or below it; else nothing,
     * whatever its partitions say.
     *
     * @param location as it is written; empty for a view
     * @param partitioned whether it has partition keys: readers come by its partitions then, and by its own location
     *     only when it projects them
     * @param partitions asks for them
     */
    public static List<NamedLocation> of(
            S3Uri root,
            String table,
            String location,
            boolean partitioned,
            Map<String, String> parameters,
            Supplier<List<StoredPartition>> partitions) {
        CatalogLocation asked = CatalogLocation.of(root);
        Optional<String> template =
                Optional.ofNullable(parameters.get(TEMPLATE)).map(NamedLocation::fixedFolder);
        List<String> own = new ArrayList<>();
        if (!location.isBlank()) {
            own.add(location);
        }
        template.ifPresent(own::add);
        if (own.stream().noneMatch(one -> asked.overlaps(new CatalogLocation(one)))) {
            return List.of();
        }
        List<NamedLocation> said = new ArrayList<>();
        if (!partitioned || template.isPresent() || "true".equalsIgnoreCase(parameters.get(PROJECTION))) {
            own.forEach(one -> said.add(new NamedLocation(table, List.of(), one)));
        }
        if (partitioned) {
            partitions
                    .get()
                    .forEach(partition -> said.add(new NamedLocation(table, partition.values(), partition.location())));
        }
        return said;
    }

    /** The folder that every partition of a template lies in. */
    private static String fixedFolder(String template) {
        int variable = template.indexOf("${");
        return variable < 0 ? template : template.substring(0, template.lastIndexOf('/', variable) + 1);
    }
}
