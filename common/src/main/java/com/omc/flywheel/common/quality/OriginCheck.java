package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.catalog.CatalogLocation;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.publish.Layout;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.Optional;

/** Whether a table says which snapshot and run it shows, and lies and reads where the manifest says. */
final class OriginCheck {
    private static final String COMMENT = "comment";

    private final NextCommands next;

    OriginCheck(NextCommands next) {
        this.next = next;
    }

    /**
     * What was found.
     *
     * @param comment whether the comment names snapshot and run as it should
     * @param location whether readers are sent to the right folder
     */
    record Origin(boolean comment, boolean location) {}

    /**
     * Checks a table of ours.
     *
     * @param version what is recorded of the version that it is at; empty when nothing is, or it is none
     */
    Origin check(ObservedTable table, Optional<PublishedVersion> version, Alerts alerts) {
        TableOrigin origin = table.origin().orElseThrow();
        boolean comment = origin.comment().equals(table.stored().parameters().get(COMMENT))
                && origin.comment().equals(table.stored().description());
        if (!comment) {
            alerts.error(
                    MonitorCheck.ORIGIN,
                    "its comment is not \"%s\", as its parameters say".formatted(origin.comment()),
                    next.describeAgain(table));
        }
        boolean location = table.family().hasVersions() ? hasVersion(table, version, alerts) : lies(table, alerts);
        compareWithManifest(table, origin, alerts);
        return new Origin(comment, location);
    }

    private boolean hasVersion(ObservedTable table, Optional<PublishedVersion> version, Alerts alerts) {
        if (version.isEmpty()) {
            alerts.error(
                    MonitorCheck.ORIGIN,
                    "its location %s is not the folder that its run has recorded"
                            .formatted(table.stored().location()),
                    next.copyAgain(table));
            return false;
        }
        if (!version.get().hasEnded()) {
            alerts.warning(
                    MonitorCheck.ORIGIN,
                    "the run that built it has not recorded that it ended",
                    "run %s with the arguments of before and --RECOVER_ONLY true"
                            .formatted(table.family().maker()));
        }
        return true;
    }

    private boolean lies(ObservedTable table, Alerts alerts) {
        Optional<S3Uri> expected = expected(table);
        if (expected.isEmpty()) {
            return true;
        }
        boolean lies = new CatalogLocation(table.stored().location()).equals(CatalogLocation.of(expected.get()));
        if (!lies) {
            alerts.error(
                    MonitorCheck.ORIGIN,
                    "its location is %s and not %s, as the manifest says"
                            .formatted(table.stored().location(), expected.get()),
                    next.describeAgain(table));
        }
        return lies;
    }

    private static Optional<S3Uri> expected(ObservedTable table) {
        Optional<Layout> layout = table.source()
                .flatMap(source -> source.published().stream().findFirst().map(Manifest::layout));
        return layout.map(known -> {
            S3Uri root = table.source().orElseThrow().dataSet().root();
            String folder = known.tableFolder(table.folder());
            return folder.isEmpty() ? root : root.resolve(folder);
        });
    }

    private void compareWithManifest(ObservedTable table, TableOrigin origin, Alerts alerts) {
        if (table.source().flatMap(ObservedDataSet::status).isEmpty()) {
            return;
        }
        Optional<TableEntry> entry = table.entry();
        if (entry.isEmpty()) {
            alerts.error(
                    MonitorCheck.ORIGIN,
                    "%s publishes no table %s%s"
                            .formatted(
                                    origin.dataSet(),
                                    table.folder(),
                                    table.family() == Family.ID_TABLE ? " of snapshot " + origin.snapshot() : ""),
                    "drop the table from the catalog, or publish it again: " + next.describeAgain(table));
            return;
        }
        if (table.isUpToDate()) {
            return;
        }
        String runs = "run %s (%s), and run %s (%s) is published"
                .formatted(
                        table.sourceRun().map(Object::toString).orElse("nobody knows which"),
                        origin.snapshot(),
                        entry.get().runId(),
                        entry.get().snapshotDt());
        switch (table.family()) {
            case STAGED ->
                alerts.error(MonitorCheck.ORIGIN, "it describes the files of " + runs, next.describeAgain(table));
            case PARTITIONED ->
                alerts.warning(
                        MonitorCheck.ORIGIN,
                        "it is described by %s, so it may lack columns".formatted(runs),
                        "%s, then %s".formatted(next.describeAgain(table), next.preparePartitions()));
            case BUCKETED ->
                alerts.warning(
                        MonitorCheck.ORIGIN,
                        "it is a copy of " + runs,
                        next.copy(PublishedVersion.baseOf(table.stored())));
            case ID_TABLE -> alerts.warning(MonitorCheck.ORIGIN, "it is a copy of " + runs, next.describeAgain(table));
        }
    }
}
