package com.omc.flywheel.common.catalog;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of tables in the catalog, as an argument has them: separated by commas. */
public record CatalogNames(Set<CatalogName> names) {
    public CatalogNames {
        names = Set.copyOf(names);
    }

    public static CatalogNames parse(String text) {
        return new CatalogNames(Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(CatalogName::parse)
                .collect(Collectors.toSet()));
    }

    @Override
    public String toString() {
        return names.stream().sorted().map(CatalogName::value).collect(Collectors.joining(","));
    }
}
