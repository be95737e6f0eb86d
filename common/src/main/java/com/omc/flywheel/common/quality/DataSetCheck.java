package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.DataSetStatus;
import com.omc.flywheel.common.publish.DataSetStatus.Damage;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether runs have left a data set, or a folder of versions, as it should be. */
final class DataSetCheck {
    /** Its files may be visible beside those that they replace. */
    private static final String COMMITTING = "COMMITTING";

    private DataSetCheck() {}

    /**
     * Checks what is not about one table: damage, unfinished runs and leases that are over.
     *
     * @param versions runs whose versions have not come to their end, each with its tables
     */
    static void check(DataSetStatus status, Map<RunId, List<String>> versions, Alerts alerts) {
        if (!status.isKnown()) {
            alerts.error(
                    MonitorCheck.DATA_SET,
                    "no run of this program has written there, though a table or --S3_ROOTS names it",
                    "check the path, or run the job that writes it");
            return;
        }
        boolean isHeld = status.lease().state() == LeaseState.HELD;
        if (!status.damages().isEmpty()) {
            String cause =
                    Names.list(status.damages().stream().map(Damage::what).toList());
            if (isHeld) {
                alerts.warning(MonitorCheck.DATA_SET, cause, status.next());
            } else {
                alerts.error(MonitorCheck.DATA_SET, cause, status.next());
            }
        }
        List<RunStatus> unfinished =
                status.runs().stream().filter(run -> run.fate() != Fate.ENDED).toList();
        if (!isHeld) {
            tell(status, unfinished, versions, alerts);
        }
    }

    private static void tell(
            DataSetStatus status, List<RunStatus> unfinished, Map<RunId, List<String>> versions, Alerts alerts) {
        List<String> problems = new ArrayList<>();
        unfinished.forEach(run ->
                problems.add("run %s has not ended (%s since %s)".formatted(run.run(), run.state(), run.since())));
        versions.forEach((run, tables) ->
                problems.add("run %s has not ended its versions of %s".formatted(run, Names.list(tables))));
        boolean isExpired = status.lease().state() == LeaseState.EXPIRED;
        if (isExpired) {
            status.lease()
                    .holder()
                    .ifPresent(holder -> problems.add("%s holds a lease and gave no sign of life for %,d s"
                            .formatted(holder, holder.silent().toSeconds())));
        }
        if (problems.isEmpty()) {
            return;
        }
        String cause = String.join("; ", problems);
        if (unfinished.stream().anyMatch(DataSetCheck::isVisible)) {
            alerts.error(MonitorCheck.DATA_SET, cause, status.next());
        } else {
            alerts.warning(MonitorCheck.DATA_SET, cause, next(status, unfinished));
        }
    }

    /** Whether readers may see some of what a run has written that has not ended. */
    static boolean isVisible(RunStatus run) {
        return run.fate() == Fate.STUCK || run.state().equals(COMMITTING);
    }

    private static String next(DataSetStatus status, List<RunStatus> unfinished) {
        if (!unfinished.isEmpty()) {
            return status.next();
        }
        String job = status.published().stream()
                .findFirst()
                .map(Manifest::job)
                .or(() -> status.lease().holder().map(holder -> holder.job()))
                .orElse(Family.BUCKETED.maker());
        return "see that the run is dead, then run %s with --RECOVER_ONLY true".formatted(job);
    }
}
