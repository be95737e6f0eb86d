package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.StoredTable;
import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The version that the catalog sends readers of a table to, as the run that built it has recorded it.
 *
 * @param base the folder of all versions
 * @param location the folder of this one
 * @param rows how many it had when it was built
 * @param hasEnded false when the run that built it has not said that it published it
 * @param files everything that it has: the sizes of the files by their names in the folder
 */
public record PublishedVersion(S3Uri base, S3Uri location, long rows, boolean hasEnded, Map<String, Long> files) {
    public PublishedVersion {
        files = Map.copyOf(files);
    }

    /**
     * The version; empty when the table does not lie where its run has built it, or nothing is recorded of that.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure when it cannot be read; CONFLICT when it is of another form
     */
    public static Optional<PublishedVersion> of(ObjectStore store, StoredTable table) {
        Optional<RunId> run = TableOrigin.of(table).map(TableOrigin::run);
        Optional<S3Uri> base = baseOf(table);
        if (run.isEmpty() || base.isEmpty()) {
            return Optional.empty();
        }
        VersionRecords records = new VersionRecords(store, base.get(), PublishedVersion::refuse);
        return records.find(table.id(), run.get())
                .filter(version -> version.state() != VersionState.BUILDING)
                .map(version -> new PublishedVersion(
                        base.get(),
                        records.location(version),
                        version.rows(),
                        version.state() == VersionState.PUBLISHED,
                        version.files().stream()
                                .collect(Collectors.toMap(
                                        file -> file.key()
                                                .substring(version.location().length()),
                                        VersionRecord.VersionFile::bytes))));
    }

    /** The folder of all versions, as the location of a table tells; empty for one that is no version's folder. */
    public static Optional<S3Uri> baseOf(StoredTable table) {
        Optional<TableOrigin> origin = TableOrigin.of(table);
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        String end = "/%s/run=%s/".formatted(table.id().table(), origin.get().run());
        try {
            String location = S3Uri.parse(table.location()).asFolder().toString();
            return location.endsWith(end)
                    ? Optional.of(S3Uri.parse(location.substring(0, location.length() - end.length() + 1)))
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** The runs whose versions have not come to their end, each with its tables. */
    public static Map<RunId, List<String>> unfinished(ObjectStore store, S3Uri base) {
        return new VersionRecords(store, base, PublishedVersion::refuse)
                .all().stream()
                        .filter(version -> version.state() != VersionState.PUBLISHED)
                        .collect(Collectors.groupingBy(
                                VersionRecord::runId,
                                () -> new TreeMap<>(
                                        (left, right) -> left.value().compareTo(right.value())),
                                Collectors.mapping(VersionRecord::table, Collectors.toList())));
    }

    /** The run that wrote the files that a version is a copy of; empty when the table does not say. */
    public static Optional<RunId> sourceRunOf(StoredTable table) {
        return parameter(table, WantedTable.SOURCE_RUN, RunId::new);
    }

    /** The rows that the table says that it has; empty when it does not say. */
    public static OptionalLong rowsOf(StoredTable table) {
        Optional<Long> rows = parameter(table, WantedTable.ROWS, Long::valueOf);
        return rows.isPresent() ? OptionalLong.of(rows.get()) : OptionalLong.empty();
    }

    /** The bucket that readers take a file for; empty when its name tells none. */
    public static OptionalInt bucketOf(String name) {
        return BucketFileName.bucketOf(name);
    }

    private static void refuse() {
        throw new IllegalStateException("a reader changes nothing");
    }

    private static <T> Optional<T> parameter(StoredTable table, String name, Function<String, T> parse) {
        try {
            return Optional.ofNullable(table.parameters().get(name)).map(parse);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
