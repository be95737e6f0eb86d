package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.catalog.CatalogLocation;
import com.omc.flywheel.common.catalog.NamedLocation;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who reads files of a data set, by one look at the catalog.
 *
 * @param locations what tables and partitions say
 */
record Readers(List<NamedLocation> locations) {
    static final Readers NONE = new Readers(List.of());

    Readers {
        locations = List.copyOf(locations);
    }

    /** The tables whose readers may come by files of this folder. */
    List<String> of(S3Uri folder) {
        CatalogLocation asked = CatalogLocation.of(folder);
        return locations.stream()
                .filter(said -> asked.overlaps(new CatalogLocation(said.location())))
                .map(NamedLocation::table)
                .distinct()
                .sorted()
                .toList();
    }

    Readers without(Predicate<NamedLocation> some) {
        return new Readers(locations.stream().filter(some.negate()).toList());
    }
}
