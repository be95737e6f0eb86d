package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.quality.KeyCheck.KeyCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many ids of the addressable table the attribute tables have too. Tables of equal keys are compared once, so every
 * pair is shown at the price of one.
 */
final class OverlapCheck {
    /** The table that the pipelines write the addressable ids to. */
    private static final String ADDRESSABLE = "addressable_ids";

    private final DataReading reading;

    OverlapCheck(DataReading reading) {
        this.reading = reading;
    }

    /**
     * Ids of two tables of a family, each in the newest snapshot that it shows: producers may deliver on different days.
     *
     * @param attributes the table that has attributes for them
     */
    record TableOverlap(String addressable, String attributes, KeyOverlap ids) {}

    /** Compares those whose keys were scanned. */
    List<TableOverlap> check(List<TableInspection> inspections, Alerts alerts) {
        List<TableOverlap> overlaps = new ArrayList<>();
        for (TableInspection ids : inspections) {
            if (isAddressable(ids.table()) && scanned(ids).isPresent()) {
                for (TableInspection other : inspections) {
                    if (isComparable(ids.table(), other.table())
                            && scanned(other).isPresent()) {
                        compare(ids, other, alerts).ifPresent(overlaps::add);
                    }
                }
            }
        }
        return overlaps;
    }

    private Optional<TableOverlap> compare(TableInspection ids, TableInspection other, Alerts alerts) {
        Optional<KeyOverlap> overlap = alerts.unlessRefused(
                MonitorCheck.OVERLAP,
                () -> reading.overlap(scanned(ids).orElseThrow(), scanned(other).orElseThrow()));
        overlap.filter(found -> found.both() == 0 && found.left() > 0 && found.right() > 0)
                .ifPresent(found -> alerts.error(
                        MonitorCheck.OVERLAP,
                        "%s and %s share none of their %,d and %,d ids"
                                .formatted(ids.table().id(), other.table().id(), found.left(), found.right()),
                        "see that both come from snapshots of the same producer, with ids of the same form"));
        return overlap.map(found ->
                new TableOverlap(ids.table().id().toString(), other.table().id().toString(), found));
    }

    private static Optional<TableKeys> scanned(TableInspection inspection) {
        return inspection.keys().flatMap(KeyCount::scanned);
    }

    private static boolean isComparable(ObservedTable ids, ObservedTable other) {
        return ids.family() == other.family() && !isAddressable(other);
    }

    private static boolean isAddressable(ObservedTable table) {
        return table.family() != Family.ID_TABLE
                && table.folder().toLowerCase(Locale.ROOT).equals(ADDRESSABLE);
    }
}
