package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
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
     * @throws JobFailure CONFLICT when the data set is another job's, when a table's folder holds files that the manifest
     *     does not know, or when a run of some tables would leave the others at another snapshot, another state of it, or
     *     with other buckets
     */
    public Target prepare(RunContent content) {
        Optional<Manifest> current = current();
        current.filter(manifest -> !manifest.job().equals(content.job())).ifPresent(manifest -> {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is the data set of the job %s, and %s would replace its tables; check --TARGET_PATH"
                            .formatted(dataSet.root(), manifest.job(), content.job()));
        });
        List<TableEntry> others = current.map(Manifest::tables).orElse(List.of()).stream()
                .filter(table -> !content.folders().contains(table.folder()))
                .toList();
        if (content.onlyTheseTables()) {
            refuseMixture(content, others);
        } else if (!others.isEmpty()) {
            LOG.warn(
                    "tables of {} that the mapping does not have any more will be deleted: {}",
                    dataSet.root(),
                    Names.list(others.stream().map(TableEntry::folder).toList()));
        }
        Target target = new Target(content, current, content.onlyTheseTables() ? others : List.of());
        refuseUnknownFiles(target);
        return target;
    }

    private void refuseMixture(RunContent content, List<TableEntry> others) {
        List<String> different = new ArrayList<>();
        for (TableEntry table : others) {
            if (!table.snapshotDt().equals(content.snapshot())) {
                different.add("%s (%s)".formatted(table.folder(), table.snapshotDt()));
            } else if (!table.source().fingerprint().equals(content.sourceFingerprint())) {
                different.add("%s (the same snapshot before its files changed)".formatted(table.folder()));
            } else if (!table.bucketing().equals(content.bucketing())) {
                different.add("%s (%d buckets by %s)"
                        .formatted(
                                table.folder(),
                                table.bucketing().count(),
                                table.bucketing().column()));
            }
        }
        if (!different.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "a run of some tables at snapshot %s, %d buckets by %s, would leave other tables of %s at something else: %s; run without --TABLES_FILTER"
                            .formatted(
                                    content.snapshot(),
                                    content.bucketing().count(),
                                    content.bucketing().column(),
                                    dataSet.root(),
                                    Names.list(different)));
        }
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
                target.content().job(),
                target.content().snapshot(),
                run,
                clock.instant(),
                Stream.concat(target.kept().stream(), tables.stream())
                        .sorted(Comparator.comparing(TableEntry::folder))
                        .toList());
        store.write(
                dataSet.snapshotDateFile(),
                target.content().snapshot().toString().getBytes(StandardCharsets.UTF_8),
                "text/plain; charset=utf-8");
        store.write(dataSet.manifest(target.content().snapshot()), json.write(manifest), JSON);
        store.write(
                dataSet.current(),
                json.write(new CurrentPointer(target.content().snapshot(), run)),
                JSON);
        return manifest;
    }

    /**
     * A target that was checked.
     *
     * @param content what the run writes
     * @param before what the data set held when it was checked
     * @param kept the tables that stay as they are
     */
    public record Target(RunContent content, Optional<Manifest> before, List<TableEntry> kept) {
        public Target {
            kept = List.copyOf(kept);
        }

        private List<TableEntry> tablesBefore() {
            return before.map(Manifest::tables).orElse(List.of());
        }
    }

    private void refuseUnknownFiles(Target target) {
        Set<String> known = new HashSet<>(keys(target.tablesBefore()));
        List<String> unknown = new ArrayList<>();
        for (StoredObject object : store.list(dataSet.root())) {
            String key = dataSet.root().relativize(object.uri());
            int slash = key.indexOf('/');
            boolean inATable = slash > 0 && target.content().folders().contains(key.substring(0, slash));
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
            List<S3Uri> added =
                    keys(written).stream().map(dataSet.root()::resolve).toList();
            try {
                store.delete(added);
            } catch (RuntimeException alsoFailed) {
                JobFailure both = new JobFailure(
                        FailureKind.CONFLICT,
                        "%s; and its %d new files could not be taken back (%s): delete the files whose names hold the id of this run, %s, from %s before anyone reads it"
                                .formatted(
                                        e.getMessage(),
                                        added.size(),
                                        alsoFailed.getMessage(),
                                        written.get(0).runId(),
                                        dataSet.root()),
                        e);
                both.addSuppressed(alsoFailed);
                throw both;
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
                    files.add(file.withEtag(object.etag()));
                }
            }
            tables.add(table.withFiles(files));
        }
        if (!wrong.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "after the commit %s does not show what was written: %s; something else writes there"
                            .formatted(dataSet.root(), Names.list(wrong)));
        }
        return tables;
    }

    /** Deletes what the last manifest names and the next one will not, and nothing else. */
    private void deleteReplaced(Target target, List<TableEntry> tables) {
        Set<String> alive = new HashSet<>(keys(target.kept()));
        alive.addAll(keys(tables));
        List<S3Uri> replaced = keys(target.tablesBefore()).stream()
                .filter(key -> !alive.contains(key))
                .map(dataSet.root()::resolve)
                .toList();
        if (!replaced.isEmpty()) {
            LOG.info("deleting {} files that this run replaces", replaced.size());
            try {
                store.delete(replaced);
            } catch (JobFailure e) {
                throw new JobFailure(
                        FailureKind.CONFLICT,
                        "the new files of %s are complete, and old ones beside them could not be deleted: %s; delete what %s names for these tables, then the new files, and start again"
                                .formatted(dataSet.root(), e.getMessage(), dataSet.current()),
                        e);
            }
        }
    }

    private static List<String> keys(List<TableEntry> tables) {
        return tables.stream()
                .flatMap(table -> table.files().stream())
                .map(FileEntry::key)
                .toList();
    }
}
