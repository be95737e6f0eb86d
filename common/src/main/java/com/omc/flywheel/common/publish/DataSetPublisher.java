package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces tables of a data set by what a run wrote, and says so in the manifest. */
public final class DataSetPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DataSetPublisher.class);
    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final DataSet dataSet;
    private final Clock clock;
    private final ManifestJson json = new ManifestJson();

    public DataSetPublisher(ObjectStore store, DataSet dataSet, Clock clock) {
        this.store = store;
        this.dataSet = dataSet;
        this.clock = clock;
    }

    /**
     * What the data set holds now.
     *
     * @throws JobFailure CONFLICT when the pointer names a manifest that is not there or is of another version
     */
    public Optional<Manifest> current() {
        return store.read(dataSet.current()).map(content -> {
            CurrentPointer pointer = json.read(content, CurrentPointer.class, dataSet.current());
            S3Uri location = dataSet.manifest(pointer.snapshotDt());
            Manifest manifest = store.read(location)
                    .map(found -> json.read(found, Manifest.class, location))
                    .orElseThrow(() -> new JobFailure(
                            FailureKind.CONFLICT,
                            "%s names the manifest %s, which is not there; restore it, or move the data set away"
                                    .formatted(dataSet.current(), location)));
            if (manifest.formatVersion() != Manifest.FORMAT_VERSION) {
                throw new JobFailure(
                        FailureKind.CONFLICT,
                        "manifest %s has the format version %d, this program knows %d; run the version that wrote it"
                                .formatted(location, manifest.formatVersion(), Manifest.FORMAT_VERSION));
            }
            return manifest;
        });
    }

    /**
     * Checks that the target can take these tables, before anything is written.
     *
     * @param folders the tables of the run
     * @param onlyTheseTables whether the run leaves the data set's other tables as they are
     * @throws JobFailure CONFLICT when a table's folder holds files that the manifest does not know, or when a run of
     *     some tables would leave the others at another snapshot
     */
    public Target prepare(SnapshotDate snapshot, List<String> folders, boolean onlyTheseTables) {
        Optional<Manifest> current = current();
        List<TableEntry> kept = onlyTheseTables ? others(current, folders) : List.of();
        List<String> ofAnotherSnapshot = kept.stream()
                .filter(table -> !table.snapshotDt().equals(snapshot))
                .map(table -> "%s (%s)".formatted(table.folder(), table.snapshotDt()))
                .toList();
        if (!ofAnotherSnapshot.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "a run of some tables at snapshot %s would leave other tables of %s at another one: %s; run without --TABLES_FILTER"
                            .formatted(snapshot, dataSet.root(), Names.list(ofAnotherSnapshot)));
        }
        Target target = new Target(snapshot, folders, current, kept);
        refuseUnknownFiles(target);
        return target;
    }

    /**
     * Makes what a run wrote the data set's content.
     *
     * @param target what {@link #prepare} gave
     * @param completeUploads makes the run's files visible: {@link OutputCommit#commit}
     * @param written the new tables; their files have no tags yet
     * @return the manifest as it is stored
     * @throws JobFailure CONFLICT when the store does not show what the tasks wrote; nothing old has been deleted then
     */
    public Manifest publish(Target target, RunId run, Runnable completeUploads, List<TableEntry> written) {
        refuseUnknownFiles(target);
        List<TableEntry> tables = makeVisible(completeUploads, written);
        deleteReplaced(target, tables);

        Manifest manifest = new Manifest(
                Manifest.FORMAT_VERSION,
                target.snapshot(),
                run,
                clock.instant(),
                Stream.concat(target.kept().stream(), tables.stream())
                        .sorted(Comparator.comparing(TableEntry::folder))
                        .toList());
        store.write(
                dataSet.snapshotDateFile(),
                target.snapshot().toString().getBytes(StandardCharsets.UTF_8),
                "text/plain; charset=utf-8");
        store.write(dataSet.manifest(target.snapshot()), json.write(manifest), JSON);
        store.write(dataSet.current(), json.write(new CurrentPointer(target.snapshot(), run)), JSON);
        return manifest;
    }

    /**
     * A target that was checked.
     *
     * @param folders the tables that the run replaces
     * @param before what the data set held when it was checked
     * @param kept the tables that stay as they are
     */
    public record Target(
            SnapshotDate snapshot, List<String> folders, Optional<Manifest> before, List<TableEntry> kept) {
        public Target {
            folders = List.copyOf(folders);
            kept = List.copyOf(kept);
        }
    }

    private static List<TableEntry> others(Optional<Manifest> current, List<String> folders) {
        return current.map(Manifest::tables).orElse(List.of()).stream()
                .filter(table -> !folders.contains(table.folder()))
                .toList();
    }

    private void refuseUnknownFiles(Target target) {
        Set<String> known = new HashSet<>();
        target.before().map(Manifest::tables).orElse(List.of()).stream()
                .flatMap(table -> table.files().stream())
                .map(FileEntry::key)
                .forEach(known::add);
        List<String> unknown = new ArrayList<>();
        for (StoredObject object : store.list(dataSet.root())) {
            String key = dataSet.root().relativize(object.uri());
            int slash = key.indexOf('/');
            boolean inATable = slash > 0 && target.folders().contains(key.substring(0, slash));
            if (inATable && Visibility.seenByReaders(key, object.bytes()) && !known.contains(key)) {
                unknown.add(key);
            }
        }
        if (!unknown.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s holds files that no finished run of this program wrote, and readers of its tables would see them: %s; move them away, or choose another --TARGET_PATH"
                            .formatted(dataSet.root(), Names.list(unknown)));
        }
    }

    /** Completes the uploads and compares; when that fails, takes back what became visible, by name. */
    private List<TableEntry> makeVisible(Runnable completeUploads, List<TableEntry> written) {
        try {
            completeUploads.run();
            return withTags(written);
        } catch (RuntimeException e) {
            try {
                store.delete(written.stream()
                        .flatMap(table -> table.files().stream())
                        .map(file -> dataSet.root().resolve(file.key()))
                        .toList());
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private List<TableEntry> withTags(List<TableEntry> written) {
        Map<String, StoredObject> stored = new HashMap<>();
        for (StoredObject object : store.list(dataSet.root())) {
            stored.put(dataSet.root().relativize(object.uri()), object);
        }
        List<String> wrong = new ArrayList<>();
        List<TableEntry> tables = new ArrayList<>();
        for (TableEntry table : written) {
            List<FileEntry> files = new ArrayList<>();
            for (FileEntry file : table.files()) {
                StoredObject object = stored.get(file.key());
                if (object == null || object.bytes() != file.bytes()) {
                    wrong.add("%s (%s instead of %d bytes)"
                            .formatted(file.key(), object == null ? "absent" : object.bytes(), file.bytes()));
                } else {
                    files.add(new FileEntry(
                            file.key(),
                            file.bytes(),
                            file.rows(),
                            object.etag(),
                            file.firstBucket(),
                            file.lastBucket()));
                }
            }
            tables.add(new TableEntry(
                    table.folder(),
                    table.runId(),
                    table.snapshotDt(),
                    table.columns(),
                    table.rows(),
                    table.nullKeys(),
                    table.duplicateKeys(),
                    table.bucketing(),
                    files,
                    table.source(),
                    table.mappingSha256(),
                    table.jarVersion()));
        }
        if (!wrong.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "after the commit %s does not show what was written: %s; something else writes there"
                            .formatted(dataSet.root(), Names.list(wrong)));
        }
        return tables;
    }

    /** Deletes what the last manifest names for the tables that this run replaces, and nothing else. */
    private void deleteReplaced(Target target, List<TableEntry> tables) {
        Set<String> alive = new HashSet<>();
        Stream.concat(target.kept().stream(), tables.stream())
                .flatMap(table -> table.files().stream())
                .map(FileEntry::key)
                .forEach(alive::add);
        List<S3Uri> replaced = target.before().map(Manifest::tables).orElse(List.of()).stream()
                .flatMap(table -> table.files().stream())
                .map(FileEntry::key)
                .filter(key -> !alive.contains(key))
                .map(dataSet.root()::resolve)
                .toList();
        if (!replaced.isEmpty()) {
            LOG.info("deleting {} files that this run replaces", replaced.size());
            store.delete(replaced);
        }
    }
}
