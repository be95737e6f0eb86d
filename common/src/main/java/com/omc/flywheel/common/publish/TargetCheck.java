package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whether a data set can take what a run is going to write, and what goes and stays when it does. */
final class TargetCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TargetCheck.class);

    private final DataSet dataSet;
    private final RunContent content;
    private final boolean takeOver;

    TargetCheck(DataSet dataSet, RunContent content, boolean takeOver) {
        this.dataSet = dataSet;
        this.content = content;
        this.takeOver = takeOver;
    }

    /**
     * What a run changes.
     *
     * @param kept the tables that stay as they are
     * @param oldFiles the keys of the files that go
     */
    record Change(List<TableEntry> kept, List<String> oldFiles) {
        Change {
            kept = List.copyOf(kept);
            oldFiles = List.copyOf(oldFiles);
        }
    }

    /**
     * What a run changes of this state.
     *
     * @throws JobFailure CONFLICT when the data set is another job's, when a table's folder holds files that nobody
     *     knows, or when a run of some tables would leave the others at another snapshot, another state of it, or with
     *     other buckets
     */
    Change change(Optional<Manifest> before, List<StoredObject> objects) {
        before.ifPresent(this::refuseAnotherJob);
        List<TableEntry> tables = before.map(Manifest::tables).orElse(List.of());
        List<TableEntry> others = tables.stream()
                .filter(table -> !content.folders().contains(table.folder()))
                .toList();
        if (content.onlyTheseTables()) {
            refuseMixture(others);
        } else if (!others.isEmpty()) {
            LOG.warn(
                    "tables of {} that the mapping does not have any more will be deleted: {}",
                    dataSet.root(),
                    Names.list(others.stream().map(TableEntry::folder).toList()));
        }
        List<TableEntry> kept = content.onlyTheseTables() ? others : List.of();
        List<String> unknown = unknownFiles(before, objects);
        if (!unknown.isEmpty() && !takeOver) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s holds files that no finished run of this program wrote, and readers of its tables would see them: %s; move them away, choose another --TARGET_PATH, or let this run replace them with --TAKE_OVER true"
                            .formatted(dataSet.root(), Names.list(unknown)));
        }
        if (!unknown.isEmpty()) {
            LOG.warn(
                    "{} files of another tool are taken for the version before and will be replaced: {}",
                    unknown.size(),
                    Names.list(unknown));
        }
        Set<String> keptKeys = new HashSet<>(Manifest.keys(kept));
        // A file that is gone already is nothing that a run which fails could be blamed for.
        Set<String> stored = DataSetState.byKey(dataSet, objects).keySet();
        List<String> oldFiles = Stream.concat(
                        Manifest.keys(tables).stream().filter(key -> !keptKeys.contains(key) && stored.contains(key)),
                        unknown.stream())
                .toList();
        return new Change(kept, oldFiles);
    }

    /** The manifest when a run of this content would write again what is there, file by file; empty otherwise. */
    Optional<Manifest> alreadyPublished(DataSetState state) {
        return state.manifest()
                .filter(manifest -> state.unfinished().isEmpty() && state.isDescribed())
                .filter(manifest -> manifest.job().equals(content.job()))
                .filter(this::holdsTheSame)
                .filter(manifest -> isAsItWasLeft(manifest, state.listing().objects()));
    }

    private boolean holdsTheSame(Manifest manifest) {
        if (!content.onlyTheseTables()
                && manifest.tables().size() != content.folders().size()) {
            return false;
        }
        return content.folders().stream()
                .allMatch(folder -> manifest.table(folder).filter(content::isIn).isPresent());
    }

    private boolean isAsItWasLeft(Manifest manifest, List<StoredObject> objects) {
        Map<String, StoredObject> stored = DataSetState.byKey(dataSet, objects);
        List<String> changed = new ArrayList<>(unknownFiles(Optional.of(manifest), objects));
        for (TableEntry table : manifest.tables()) {
            for (FileEntry file : table.files()) {
                StoredObject object = stored.get(file.key());
                if (object == null
                        || object.bytes() != file.bytes()
                        || !object.etag().equals(file.etag())) {
                    changed.add(file.key());
                }
            }
        }
        if (!changed.isEmpty()) {
            LOG.warn("{} is published, but somebody changed it since: {}", dataSet.root(), Names.list(changed));
        }
        return changed.isEmpty();
    }

    private void refuseAnotherJob(Manifest manifest) {
        if (!manifest.job().equals(content.job())) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is the data set of the job %s, and %s would replace its tables; check --TARGET_PATH"
                            .formatted(dataSet.root(), manifest.job(), content.job()));
        }
    }

    private void refuseMixture(List<TableEntry> others) {
        List<String> different = new ArrayList<>();
        for (TableEntry table : others) {
            if (!table.bucketing().equals(content.bucketing())) {
                different.add("%s (%d buckets by %s)"
                        .formatted(
                                table.folder(),
                                table.bucketing().count(),
                                table.bucketing().column()));
            } else if (!content.allowMixedSnapshots() && !table.snapshotDt().equals(content.snapshot())) {
                different.add("%s (%s)".formatted(table.folder(), table.snapshotDt()));
            } else if (!content.allowMixedSnapshots()
                    && !table.source().fingerprint().equals(content.sourceFingerprint())) {
                different.add("%s (the same snapshot before its files changed)".formatted(table.folder()));
            }
        }
        if (!different.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "a run of some tables at snapshot %s, %d buckets by %s, would leave other tables of %s at something else: %s; run without --TABLES_FILTER, or let snapshots differ with --ALLOW_MIXED_SNAPSHOTS true (buckets never may)"
                            .formatted(
                                    content.snapshot(),
                                    content.bucketing().count(),
                                    content.bucketing().column(),
                                    dataSet.root(),
                                    Names.list(different)));
        }
    }

    /** Files in the folders of the tables that the run writes, which readers see and no manifest names. */
    private List<String> unknownFiles(Optional<Manifest> manifest, List<StoredObject> objects) {
        Set<String> known = new HashSet<>(manifest.map(Manifest::keys).orElse(List.of()));
        List<String> unknown = new ArrayList<>();
        for (StoredObject object : objects) {
            String key = dataSet.root().relativize(object.uri());
            int slash = key.indexOf('/');
            boolean inATable = slash > 0 && content.folders().contains(key.substring(0, slash));
            if (inATable && Visibility.seenByReaders(key, object.bytes()) && !known.contains(key)) {
                unknown.add(key);
            }
        }
        return unknown;
    }
}
