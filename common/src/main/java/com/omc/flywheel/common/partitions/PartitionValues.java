package com.omc.flywheel.common.partitions;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.split.Placement;
import java.util.List;
import java.util.Optional;

/** The values of a partition as the catalog writes them: whoever registered it may have written {@code 03} for 3. */
final class PartitionValues {
    private static final List<String> KEYS = List.of(SnapshotDate.COLUMN, Placement.ID_BUCKET);

    private PartitionValues() {}

    /** The values as this program writes them; empty for values that name no partition of ours. */
    static Optional<List<String>> canonical(List<String> values) {
        if (values.isEmpty() || values.size() > KEYS.size()) {
            return Optional.empty();
        }
        try {
            String snapshot = SnapshotDate.parse(values.get(0)).toString();
            if (values.size() == 1) {
                return Optional.of(List.of(snapshot));
            }
            int bucket = Integer.parseInt(values.get(1));
            return bucket < 0 ? Optional.empty() : Optional.of(List.of(snapshot, Integer.toString(bucket)));
        } catch (IllegalArgumentException noValuesOfOurs) {
            return Optional.empty();
        }
    }

    /** The snapshot that a partition is of; empty for one of no snapshot. */
    static Optional<SnapshotDate> snapshot(List<String> values) {
        return canonical(values).map(canonical -> SnapshotDate.parse(canonical.get(0)));
    }

    /** For messages: {@code snapshot_dt=2025-11-01/id_bucket=3}. */
    static String text(List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String key = i < KEYS.size() ? KEYS.get(i) + "=" : "";
            text.append(i == 0 ? "" : "/").append(key).append(values.get(i));
        }
        return text.toString();
    }
}
