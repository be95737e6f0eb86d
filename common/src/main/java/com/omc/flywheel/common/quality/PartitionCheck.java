package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.partitions.PartTable;
import com.omc.flywheel.common.partitions.PartitionAudit;
import com.omc.flywheel.common.query.Pause;
import com.omc.flywheel.common.storage.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the partitions in the catalog are those that the manifests have and the store has files of. */
final class PartitionCheck {
    /** For a moment the catalog may answer as if a change had not been made. */
    private static final Duration WAIT = Duration.ofSeconds(2);

    private final TableCatalog catalog;
    private final Pause pause;
    private final NextCommands next;

    PartitionCheck(TableCatalog catalog, Pause pause, NextCommands next) {
        this.catalog = catalog;
        this.pause = pause;
        this.next = next;
    }

    /**
     * Checks a table over snapshots; empty when it could not be.
     *
     * @param objects what the store has in the table's folder
     */
    Optional<PartitionAudit> check(ObservedTable table, List<StoredObject> objects, Alerts alerts) {
        if (PartTable.reasonToSkip(table.stored()).isPresent()) {
            return Optional.empty();
        }
        return alerts.unlessRefused(MonitorCheck.PARTITIONS, () -> look(table, objects))
                .map(audit -> {
                    tell(audit, alerts);
                    return audit;
                });
    }

    private PartitionAudit look(ObservedTable table, List<StoredObject> objects) {
        PartitionAudit first = audit(table, objects);
        if (first.isInOrder()) {
            return first;
        }
        try {
            pause.pause(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure(FailureKind.SERVICE, "the job was interrupted; start it again", e);
        }
        return audit(table, objects);
    }

    private PartitionAudit audit(ObservedTable table, List<StoredObject> objects) {
        return PartitionAudit.of(
                PartTable.of(table.stored()),
                table.source().orElseThrow().published(),
                catalog.partitions(table.id()),
                objects);
    }

    private void tell(PartitionAudit audit, Alerts alerts) {
        List<String> problems = new ArrayList<>();
        add(problems, "%d of its %d partitions are not in the catalog: %s", audit.missing(), audit.wanted());
        add(problems, "%d of its %d partitions lead elsewhere in the catalog: %s", audit.elsewhere(), audit.wanted());
        add(
                problems,
                "%d partitions are in the catalog beside its %d, without files: %s",
                audit.empty(),
                audit.wanted());
        add(
                problems,
                "%d partitions are in the catalog beside its %d, with files that no manifest names: %s",
                audit.unwanted(),
                audit.wanted());
        if (!problems.isEmpty()) {
            boolean drop = !audit.empty().isEmpty() || !audit.unwanted().isEmpty();
            alerts.error(
                    MonitorCheck.PARTITIONS,
                    String.join("; ", problems),
                    next.preparePartitions() + (drop ? " --DROP_STALE true" : ""));
        }
        audit.hidden()
                .ifPresent(reason -> alerts.error(
                        MonitorCheck.PARTITIONS, reason, "take the parameter projection.enabled off the table"));
    }

    private static void add(List<String> problems, String text, List<String> partitions, int wanted) {
        if (!partitions.isEmpty()) {
            problems.add(text.formatted(partitions.size(), wanted, Names.list(partitions)));
        }
    }
}
