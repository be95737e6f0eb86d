package com.omc.flywheel.common.registration;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.mapping.TableName;
import com.omc.flywheel.common.mapping.TablesFilter;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSets;
import com.omc.flywheel.common.publish.HeldDataSet;
import com.omc.flywheel.common.publish.HeldDataSets;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;

/**
 * Registers the tables of a clustered data set, while nobody else writes it: those of its manifest and no others, whatever
 * folders there are.
 */
public final class StagedTables {
    private final JobContext context;
    private final RegistrationOptions options;
    private final S3Uri root;
    private final Optional<TablesFilter> filter;

    /**
     * A registration.
     *
     * @param root of the data set
     * @param filter the tables that it is limited to
     */
    public StagedTables(JobContext context, RegistrationOptions options, S3Uri root, Optional<TablesFilter> filter) {
        this.context = context;
        this.options = options;
        this.root = new DataSet(root).root();
        this.filter = filter;
    }

    /**
     * Registers them.
     *
     * @throws JobFailure MISSING_INPUT when there is no such database, or nothing is published; CONFLICT when the data set
     *     is a time series; BUSY when another run holds it; naming every table that failed, when the others are registered
     */
    public RegistrationSummary run() {
        Registration registration = new Registration(context, options);
        registration.requireDatabase();
        DataSet dataSet = new DataSet(root);
        if (!DataSets.isKnown(context.store(), dataSet)) {
            throw nothingPublished();
        }
        try (HeldDataSets sets = Registration.hold(context, options, List.of(dataSet))) {
            HeldDataSet held = sets.all().get(dataSet);
            Manifest manifest =
                    held.manifests().stream().reduce((older, newer) -> newer).orElseThrow(this::nothingPublished);
            requireClustered(manifest);
            StagedTablePlanner planner = new StagedTablePlanner(options.job(), dataSet, manifest);
            List<TableToRegister> tables = selected(manifest).stream()
                    .map(table -> new TableToRegister(
                            table.folder(),
                            registration.idOf(table.folder()),
                            root,
                            held,
                            found -> checked(planner, table)))
                    .toList();
            List<String> abandoned = registration.abandoned(
                    root, manifest.tables().stream().map(TableEntry::folder).toList());
            return registration.run(tables, sets.recovered(), abandoned);
        }
    }

    private PlannedTable checked(StagedTablePlanner planner, TableEntry table) {
        planner.firstFile(table)
                .ifPresent(file ->
                        planner.requireSame(table, file, context.footers().columnsOf(file)));
        return planner.plan(table);
    }

    private List<TableEntry> selected(Manifest manifest) {
        if (filter.isEmpty()) {
            return manifest.tables();
        }
        List<TableName> known = manifest.tables().stream()
                .map(table -> TableName.parse(table.folder()))
                .toList();
        List<TableName> selected = filter.get().select(known, "the manifest of " + root);
        return manifest.tables().stream()
                .filter(table -> selected.contains(TableName.parse(table.folder())))
                .toList();
    }

    private JobFailure nothingPublished() {
        return new JobFailure(
                FailureKind.MISSING_INPUT,
                "--S3_ROOT %s: no run of this program has published anything there; check the path, or run infobase-split-and-bucket or addressable-bucket first"
                        .formatted(root));
    }

    private void requireClustered(Manifest manifest) {
        if (manifest.layout().isPartitioned()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "--S3_ROOT %s is a time series with a folder for each snapshot, which the job register-part-tables registers; check the path"
                            .formatted(root));
        }
    }
}
