package com.omc.flywheel.sequence.runs;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableCatalog;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.DataSetPublisher;
import com.omc.flywheel.common.publish.Manifest;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.Visibility;
import com.omc.flywheel.common.versions.PublishedVersion;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a step has left behind, as its manifest or the records of its tables' versions say it.
 *
 * @param tables how many
 * @param rows of all tables together
 * @param files of all tables together
 * @param bytes of all files together
 */
public record StepOutput(int tables, long rows, int files, long bytes) {
    /**
     * The output of a job that has ended well; empty for one that writes no table.
     *
     * @param arguments the job's, by their names without hyphens
     */
    public static Optional<StepOutput> of(
            Map<String, String> arguments, ObjectStore store, TableCatalog catalog, Clock clock) {
        if (arguments.containsKey("TARGET_PATH")) {
            DataSet dataSet =
                    new DataSet(S3Uri.parse(arguments.get("TARGET_PATH")).asFolder());
            return manifest(new DataSetPublisher(store, dataSet, clock), arguments)
                    .map(StepOutput::of);
        }
        if (arguments.containsKey("BUCKETED_BASE")) {
            String prefix = arguments.getOrDefault("TABLE_PREFIX", "bucketed_");
            return Optional.of(
                    of(store, catalog.list(new CatalogName(arguments.get("FINAL_DB")), new TablePrefix(prefix))));
        }
        if (arguments.containsKey("LOCATION")) {
            String name = arguments.getOrDefault("TARGET_TABLE", "part_addressable_ids_er");
            return Optional.of(of(
                    store,
                    catalog.list(new CatalogName(arguments.get("DATABASE")), new TablePrefix(name)).stream()
                            .filter(table -> table.id().table().value().equals(name))
                            .toList()));
        }
        return Optional.empty();
    }

    /** In words. */
    public String describe() {
        return "%,d tables, %,d rows, %,d files, %,d bytes".formatted(tables, rows, files, bytes);
    }

    /** Of a data set with many snapshots the one that the job wrote, which need not be the newest. */
    private static Optional<Manifest> manifest(DataSetPublisher publisher, Map<String, String> arguments) {
        String snapshot = arguments.getOrDefault("SNAPSHOT_DT", "");
        return publisher.manifests().stream()
                .filter(manifest -> manifest.snapshotDt().toString().equals(snapshot))
                .findFirst()
                .or(publisher::current);
    }

    private static StepOutput of(Manifest manifest) {
        return new StepOutput(
                manifest.tables().size(),
                manifest.tables().stream().mapToLong(TableEntry::rows).sum(),
                manifest.tables().stream()
                        .mapToInt(table -> table.files().size())
                        .sum(),
                manifest.tables().stream().mapToLong(TableEntry::bytes).sum());
    }

    private static StepOutput of(ObjectStore store, List<StoredTable> tables) {
        List<PublishedVersion> versions = tables.stream()
                .map(table -> PublishedVersion.of(store, table).orElse(null))
                .filter(Objects::nonNull)
                .toList();
        return new StepOutput(
                versions.size(),
                versions.stream().mapToLong(PublishedVersion::rows).sum(),
                versions.stream().mapToInt(version -> data(version).size()).sum(),
                versions.stream()
                        .flatMap(version -> data(version).stream())
                        .mapToLong(Map.Entry::getValue)
                        .sum());
    }

    /** The files that readers see. */
    private static List<Map.Entry<String, Long>> data(PublishedVersion version) {
        return version.files().entrySet().stream()
                .filter(file -> Visibility.seenByReaders(file.getKey(), file.getValue()))
                .toList();
    }
}
