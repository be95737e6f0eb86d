package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.publish.Manifest.TableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether every row has a key that no other row has, and the run that wrote the rows has counted the same. */
final class KeyCheck {
    private final DataReading reading;
    private final KeyChecks by;
    private final NextCommands next;

    KeyCheck(DataReading reading, KeyChecks by, NextCommands next) {
        this.reading = reading;
        this.by = by;
        this.next = next;
    }

    /**
     * What was found.
     *
     * @param nulls rows without a key
     * @param duplicates rows whose key another row before them has
     * @param scanned by the files; empty when only the manifest was asked
     */
    record KeyCount(long nulls, long duplicates, Optional<TableKeys> scanned) {}

    /**
     * Checks a table's newest snapshot; empty when nothing is known of its keys.
     *
     * @param contents of its files; empty when not all of them could be read
     */
    Optional<KeyCount> check(ObservedTable table, Optional<TableContents> contents, Alerts alerts) {
        Optional<TableEntry> entry = table.counted();
        Optional<TableKeys> scanned = by == KeyChecks.SCAN
                ? contents.filter(known -> known.files() > 0)
                        .flatMap(known -> alerts.unlessRefused(
                                MonitorCheck.KEYS, () -> reading.keys(table.id().toString(), known)))
                : Optional.empty();
        Optional<KeyCount> count = scanned.map(keys -> new KeyCount(keys.nullKeys(), keys.duplicateKeys(), scanned))
                .or(() -> by == KeyChecks.NONE
                        ? Optional.empty()
                        : entry.map(known -> new KeyCount(known.nullKeys(), known.duplicateKeys(), Optional.empty())));
        count.ifPresent(found -> tell(table, found, entry, alerts));
        return count;
    }

    private void tell(ObservedTable table, KeyCount found, Optional<TableEntry> entry, Alerts alerts) {
        boolean isAsCounted = entry.isEmpty()
                || (found.nulls() == entry.get().nullKeys()
                        && found.duplicates() == entry.get().duplicateKeys());
        if (!isAsCounted) {
            alerts.error(
                    MonitorCheck.KEYS,
                    "its files have %,d null and %,d duplicate keys, the run that wrote the rows has counted %,d and %,d"
                            .formatted(
                                    found.nulls(),
                                    found.duplicates(),
                                    entry.get().nullKeys(),
                                    entry.get().duplicateKeys()),
                    table.family().hasVersions()
                            ? next.copyAgain(table)
                            : next.writeAgain(table.source().orElseThrow(), entry.get()));
            return;
        }
        List<String> problems = new ArrayList<>();
        if (found.nulls() > 0) {
            problems.add("%,d rows have no key".formatted(found.nulls()));
        }
        if (found.duplicates() > 0) {
            problems.add("%,d rows have a key that another row has".formatted(found.duplicates()));
        }
        if (!problems.isEmpty()) {
            alerts.warning(
                    MonitorCheck.KEYS,
                    String.join("; ", problems),
                    "have the producer of %s mend them"
                            .formatted(entry.map(known -> known.source().path()).orElse("the snapshot")));
        }
    }
}
