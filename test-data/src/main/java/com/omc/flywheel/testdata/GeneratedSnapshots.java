package com.omc.flywheel.testdata;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of the generator wrote.
 *
 * @param infobaseAttributes the folder of the wide table's {@code snapshot_dt} folders
 * @param addressableIds the folder of the addressable-id table's {@code snapshot_dt} folders
 * @param files all Parquet files, in the order of their paths, those of the faults included
 * @param wideRows rows of the wide table in each snapshot
 * @param addressableRows rows of the addressable-id table in all snapshots together
 * @param bytes size of all the files together
 * @param faults for each fault a sentence that says where it is
 */
public record GeneratedSnapshots(
        Path infobaseAttributes,
        Path addressableIds,
        List<Path> files,
        int wideRows,
        long addressableRows,
        long bytes,
        Map<Fault, String> faults) {

    public GeneratedSnapshots {
        files = List.copyOf(files);
        faults = faults.isEmpty() ? Map.of() : new EnumMap<>(faults);
    }
}
