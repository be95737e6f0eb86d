package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
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
     * @param oldFiles the keys of the files that go when the new ones are there
     * @param superseded the files that stay until the catalog names them no more
     * @param locations where each table's new files are written
     */
    record Change(
            List<TableEntry> kept, List<String> oldFiles, List<Superseded> superseded, Map<String, String> locations) {
        Change {
            kept = List.copyOf(kept);
            oldFiles = List.copyOf(oldFiles);
            superseded = List.copyOf(superseded);
            locations = Map.copyOf(locations);
        }
    }

    /**
     * Refuses what a run may not change.
     *
     * @throws JobFailure CONFLICT when the data set is another job's, when a table's folder holds files that nobody
     *     knows, or when a run of some tables would leave the others at another snapshot, another state of it, or with
     *     other buckets
     */
    void require(DataSetState state) {
        state.manifests().forEach(this::refuseAnotherJob);
        look(
                state.manifest(content.layout(), content.snapshot()),
                state.listing().objects());
    }

    /**
     * What a run changes of what was there before.
     *
     * @throws JobFailure as {@link #require}
     */
    Change change(Optional<Manifest> before, List<StoredObject> objects, RunId run) {
        Place place = look(before, objects);
        return content.layout().isPartitioned() ? beside(place, run) : inPlace(place);
    }

    /**
     * Where a run is going to write.
     *
     * @param before what the manifest says
     * @param kept its tables that stay
     * @param replaced its tables that do not
     * @param unknown the keys of files that it does not name and readers see
     */
    private record Place(
            Optional<Manifest> before,
            List<StoredObject> objects,
            List<TableEntry> kept,
            List<TableEntry> replaced,
            List<String> unknown) {}

    private Place look(Optional<Manifest> before, List<StoredObject> objects) {
        List<TableEntry> tables = before.map(Manifest::tables).orElse(List.of());
        List<TableEntry> others = tables.stream()
                .filter(table -> !content.folders().contains(table.folder()))
                .toList();
        if (content.onlyTheseTables()) {
            refuseMixture(others);
        } else if (!others.isEmpty()) {
            LOG.warn(
                    "tables of {} that the mapping does not have any more will be {}: {}",
                    dataSet.root(),
                    content.layout().isPartitioned() ? "without this snapshot" : "deleted",
                    Names.list(others.stream().map(TableEntry::folder).toList()));
        }
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
        List<TableEntry> kept = content.onlyTheseTables() ? others : List.of();
        List<TableEntry> replaced =
                tables.stream().filter(table -> !kept.contains(table)).toList();
        return new Place(before, objects, kept, replaced, unknown);
    }

    private Change inPlace(Place place) {
        Set<String> keptKeys = new HashSet<>(Manifest.keys(place.kept()));
        // A file that is gone already is nothing that a run which fails could be blamed for.
        Set<String> stored = DataSetState.byKey(dataSet, place.objects()).keySet();
        List<String> oldFiles = Stream.concat(
                        Manifest.keys(place.replaced()).stream()
                                .filter(key -> !keptKeys.contains(key) && stored.contains(key)),
                        place.unknown().stream())
                .toList();
        Map<String, String> locations = new HashMap<>();
        content.folders().forEach(folder -> locations.put(folder, documented(folder)));
        return new Change(place.kept(), oldFiles, List.of(), locations);
    }

    /** Readers come by the catalog, which names the old files until it is told of the new ones. */
    private Change beside(Place place, RunId run) {
        List<Superseded> superseded =
                new ArrayList<>(place.before().map(Manifest::superseded).orElse(List.of()));
        place.replaced()
                .forEach(table -> superseded.add(
                        new Superseded(table.folder(), table.location(), run, Manifest.keys(List.of(table)))));
        Map<String, String> locations = new HashMap<>();
        for (String folder : content.folders()) {
            String documented = documented(folder);
            List<String> foreign = place.unknown().stream()
                    .filter(key -> key.startsWith(documented))
                    .toList();
            if (!foreign.isEmpty()) {
                superseded.add(new Superseded(folder, documented, run, foreign));
            }
            boolean taken = seenByReaders(place.objects()).anyMatch(key -> key.startsWith(documented));
            locations.put(folder, taken ? content.layout().beside(folder, content.snapshot(), run) : documented);
        }
        return new Change(place.kept(), List.of(), superseded, locations);
    }

    private String documented(String folder) {
        return content.layout().documented(folder, content.snapshot());
    }

    /** The manifest when a run of this content would write again what is there, file by file; empty otherwise. */
    Optional<Manifest> alreadyPublished(DataSetState state) {
        return state.manifest(content.layout(), content.snapshot())
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
        Set<String> known = new HashSet<>();
        manifest.ifPresent(held -> {
            known.addAll(held.keys());
            known.addAll(held.supersededKeys());
        });
        List<String> folders = content.folders().stream().map(this::documented).toList();
        return seenByReaders(objects)
                .filter(key -> !known.contains(key) && folders.stream().anyMatch(key::startsWith))
                .toList();
    }

    /** By their keys from the root of the data set. */
    private Stream<String> seenByReaders(List<StoredObject> objects) {
        return objects.stream()
                .filter(object -> Visibility.seenByReaders(dataSet.root().relativize(object.uri()), object.bytes()))
                .map(object -> dataSet.root().relativize(object.uri()));
    }
}
