package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.util.Optional;

/** What a person runs to mend a finding. */
final class NextCommands {
    private final MonitorOptions options;

    NextCommands(MonitorOptions options) {
        this.options = options;
    }

    /** The job that describes a table, with the arguments that say which. */
    String describeAgain(ObservedTable table) {
        return switch (table.family()) {
            case STAGED ->
                table.origin().map(origin -> registerStaged(origin.dataSet())).orElseGet(() -> "run %s --DATABASE %s"
                        .formatted(Family.STAGED.maker(), database(table)));
            case BUCKETED -> copyAgain(table);
            case PARTITIONED ->
                table.origin()
                        .map(origin -> registerPartitioned(origin.dataSet()))
                        .orElseGet(
                                () -> "run %s --STAGED_DB %s".formatted(Family.PARTITIONED.maker(), database(table)));
            case ID_TABLE ->
                "run %s --DATABASE %s --TARGET_TABLE %s%s --FORCE true"
                        .formatted(
                                Family.ID_TABLE.maker(),
                                database(table),
                                table.id().table(),
                                argument("LOCATION", PublishedVersion.baseOf(table.stored())));
        };
    }

    String registerStaged(S3Uri dataSet) {
        return "run %s --DATABASE %s --TABLE_PREFIX %s --S3_ROOT %s"
                .formatted(
                        Family.STAGED.maker(),
                        options.staged().database(),
                        options.staged().prefix(),
                        dataSet);
    }

    String registerPartitioned(S3Uri dataSet) {
        return "run %s --STAGED_DB %s --TABLE_PREFIX %s --SOURCE_PATH %s"
                .formatted(
                        Family.PARTITIONED.maker(),
                        options.partitioned().database(),
                        options.partitioned().prefix(),
                        dataSet);
    }

    String preparePartitions() {
        return "run prepare-part-tables --DATABASE %s --TABLE_PREFIX %s"
                .formatted(
                        options.partitioned().database(), options.partitioned().prefix());
    }

    /** Copies what is not copied, or not from what is there now. */
    String copy(Optional<S3Uri> base) {
        return "run %s --STAGED_DB %s --STAGED_PREFIX %s --FINAL_DB %s --TABLE_PREFIX %s --BUCKET_COL %s --BUCKET_COUNT %d%s"
                .formatted(
                        Family.BUCKETED.maker(),
                        options.staged().database(),
                        options.staged().prefix(),
                        options.bucketed().database(),
                        options.bucketed().prefix(),
                        options.key(),
                        options.buckets(),
                        argument("BUCKETED_BASE", base));
    }

    /** Copies this one table although its parameters say that it is a copy already. */
    String copyAgain(ObservedTable table) {
        return table.family() == Family.ID_TABLE
                ? describeAgain(table)
                : "%s%s --FORCE true"
                        .formatted(
                                copy(PublishedVersion.baseOf(table.stored())),
                                argument(
                                        "TABLES_FILTER",
                                        options.bucketed()
                                                .prefix()
                                                .without(table.id().table())));
    }

    /** Writes the files of a table again. */
    String writeAgain(ObservedDataSet dataSet, TableEntry entry) {
        String job = dataSet.published().stream().findFirst().map(Manifest::job).orElse("the job that writes it");
        return "run %s --SNAPSHOT_DT %s --TARGET_PATH %s --FORCE true"
                .formatted(job, entry.snapshotDt(), dataSet.dataSet().root());
    }

    private static String argument(String name, Optional<?> value) {
        return value.map(known -> " --%s %s".formatted(name, known)).orElse("");
    }

    private static String database(ObservedTable table) {
        return table.id().database().value();
    }
}
