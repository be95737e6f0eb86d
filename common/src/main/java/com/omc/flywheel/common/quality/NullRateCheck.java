package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.quality.NullRates.ColumnRates;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import java.util.List;
import java.util.Optional;

/** Whether columns are as full as they were in the snapshot before. */
final class NullRateCheck {
    private final Percent drift;

    NullRateCheck(Percent drift) {
        this.drift = drift;
    }

    /**
     * Compares two snapshots by the footers of their files.
     *
     * @param before the snapshot before, and what its files hold; empty when there is none
     */
    NullRates check(TableContents now, Optional<Earlier> before, Alerts alerts) {
        if (before.isEmpty()) {
            return NullRates.first(now);
        }
        NullRates rates =
                NullRates.between(before.get().snapshot(), before.get().contents(), now, drift.value());
        List<String> findings =
                rates.findings().stream().map(ColumnRates::sentence).toList();
        if (!findings.isEmpty()) {
            alerts.warning(
                    MonitorCheck.NULL_RATES,
                    "since snapshot %s: %s".formatted(before.get().snapshot(), Names.list(findings)),
                    "ask the producer of the snapshot whether this is meant");
        }
        return rates;
    }

    /**
     * A snapshot to compare with.
     *
     * @param contents its columns, by footers or by an earlier report
     */
    record Earlier(SnapshotDate snapshot, TableContents contents) {}
}
