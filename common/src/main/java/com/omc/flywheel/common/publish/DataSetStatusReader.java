package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSetStatus.Damage;
import com.omc.flywheel.common.publish.DataSetStatus.Fate;
import com.omc.flywheel.common.publish.DataSetStatus.FileCount;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseHolder;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseState;
import com.omc.flywheel.common.publish.DataSetStatus.LeaseStatus;
import com.omc.flywheel.common.publish.DataSetStatus.Leftovers;
import com.omc.flywheel.common.publish.DataSetStatus.RunStatus;
import com.omc.flywheel.common.publish.DataSetStatus.TableFiles;
import com.omc.flywheel.common.publish.Journal.KnownRun;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.publish.JournalMark.NewFile;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.LeaseFolder.Found;
import com.omc.flywheel.common.publish.LeaseFolder.Numbered;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.storage.Listing;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.storage.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a {@link DataSetStatus}, each part by itself, so that a damaged one does not hide the others. */
final class DataSetStatusReader {
    /** A run at work changes what is listed while it is read; one that goes on changing it is shown as it is. */
    private static final int ATTEMPTS = 3;

    private static final String VERSIONS = "versions";

    private static final String MEND = "do what is said under damaged, since every run fails there";

    private final ObjectStore store;
    private final DataSet dataSet;
    private final DataSetReader reader;
    private final Journal journal;
    private final LeaseFolder lease;

    DataSetStatusReader(ObjectStore store, DataSet dataSet) {
        this.store = store;
        this.dataSet = dataSet;
        this.reader = new DataSetReader(store, dataSet);
        this.journal = new Journal(store, dataSet);
        this.lease = new LeaseFolder(store, dataSet);
    }

    DataSetStatus read() {
        Listing listing = store.listWithTime(dataSet.root());
        DataSetStatus status = read(listing);
        for (int attempt = 1; attempt < ATTEMPTS && !status.isInOrder(); attempt++) {
            Listing again = store.listWithTime(dataSet.root());
            if (again.objects().equals(listing.objects())) {
                break;
            }
            listing = again;
            status = read(listing);
        }
        return status;
    }

    private DataSetStatus read(Listing listing) {
        List<Damage> damages = new ArrayList<>();
        Map<String, StoredObject> stored = DataSetState.byKey(dataSet, listing.objects());
        LeaseStatus leaseStatus = lease(listing, damages);
        List<KnownRun> runs = runs(listing, damages);
        DataSetState byJournal = state(runs);
        List<Manifest> published = published(byJournal, damages);
        boolean versions = holdsVersions(stored);
        return new DataSetStatus(
                dataSet.root(),
                listing.storeTime(),
                listing.objects().stream().anyMatch(object -> dataSet.ours().contains(object.uri())),
                versions,
                published,
                leaseStatus,
                runs.stream()
                        .map(run -> status(run, byJournal.isOvertaken(run.last()), stored))
                        .toList(),
                files(published, runs, stored, versions),
                leftovers(listing),
                damages);
    }

    private LeaseStatus lease(Listing listing, List<Damage> damages) {
        LeaseStatus unknown = new LeaseStatus(LeaseState.UNKNOWN, Optional.empty());
        return unlessDamaged(damages, () -> {
                    Found found = lease.find(listing);
                    Optional<Numbered> highest = found.highest();
                    if (highest.isEmpty()) {
                        return new LeaseStatus(LeaseState.FREE, Optional.empty());
                    }
                    return lease.read(highest.get().number())
                            .map(content -> status(found, highest.get(), content))
                            .orElseGet(() -> {
                                damages.add(new Damage(
                                        "%s changed hands while it was read".formatted(dataSet.lease()),
                                        Optional.of("ask again")));
                                return unknown;
                            });
                })
                .orElse(unknown);
    }

    private static LeaseStatus status(Found found, Numbered file, LeaseFile content) {
        if (content.released()) {
            return new LeaseStatus(LeaseState.FREE, Optional.empty());
        }
        boolean over = found.isOver(file, content);
        Duration silent = atLeast(Duration.ZERO, found.age(file));
        Duration left = Duration.ofSeconds(content.timeToLiveSeconds())
                .plus(LeaseFolder.UNTIL_OVER)
                .minus(silent);
        return new LeaseStatus(
                over ? LeaseState.EXPIRED : LeaseState.HELD,
                Optional.of(new LeaseHolder(
                        content.runId(),
                        content.job(),
                        content.process(),
                        content.heldSince(),
                        silent,
                        over ? Duration.ZERO : atLeast(Duration.ofSeconds(1), left))));
    }

    private static Duration atLeast(Duration least, Duration duration) {
        return duration.compareTo(least) < 0 ? least : duration;
    }

    /** The runs whose marks can be read. */
    private List<KnownRun> runs(Listing listing, List<Damage> damages) {
        Map<String, List<StoredObject>> byRun = new TreeMap<>();
        for (StoredObject object : listing.objects()) {
            if (dataSet.journal().contains(object.uri())) {
                String key = dataSet.journal().relativize(object.uri());
                byRun.computeIfAbsent(key.substring(0, key.indexOf('/') + 1), run -> new ArrayList<>())
                        .add(object);
            }
        }
        List<KnownRun> runs = new ArrayList<>();
        for (List<StoredObject> marks : byRun.values()) {
            unlessDamaged(damages, () -> journal.runs(marks)).ifPresent(runs::addAll);
        }
        runs.sort(Comparator.comparingLong(run -> run.last().leaseNumber()));
        return runs;
    }

    private static <T> Optional<T> unlessDamaged(List<Damage> damages, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (JobFailure e) {
            damages.add(new Damage(damage(e), Optional.of(MEND)));
            return Optional.empty();
        }
    }

    /** What is damaged, without the kind of failure that it would be to a job; any other failure goes on. */
    private static String damage(JobFailure failure) {
        if (failure.kind() != FailureKind.CONFLICT && failure.kind() != FailureKind.BUSY) {
            throw failure;
        }
        return failure.getMessage().substring((failure.kind() + ": ").length());
    }

    /** By the pointer, which readers follow; by the journal, of which it is a copy, when no run is under way. */
    private List<Manifest> published(DataSetState state, List<Damage> damages) {
        List<Manifest> newestFirst = new ArrayList<>(state.done().stream()
                .map(Done::manifest)
                .filter(manifest -> manifest.formatVersion() == Manifest.FORMAT_VERSION)
                .toList());
        Collections.reverse(newestFirst);
        Optional<Manifest> done = newestFirst.stream().findFirst();
        int before = damages.size();
        Optional<Manifest> pointed = read(dataSet.current(), reader::pointer, done, damages)
                .flatMap(pointer -> pointed(pointer, done, damages));
        if (!state.unfinished().isEmpty() && !pointed.or(() -> done).equals(done)) {
            return Stream.concat(pointed.stream(), newestFirst.stream().filter(manifest -> pointed.filter(
                                    newest -> newest.layout().replaces(newest.snapshotDt(), manifest.snapshotDt()))
                            .isEmpty()))
                    .toList();
        }
        if (state.unfinished().isEmpty() && done.isPresent() && !pointed.equals(done) && damages.size() == before) {
            damages.add(
                    new Damage(
                            "%s does not name what run %s published last"
                                    .formatted(dataSet.current(), done.get().runId()),
                            Optional.of(
                                    "start the job again, or with --RECOVER_ONLY true: either writes it again, since the journal holds a copy")));
        }
        return newestFirst.isEmpty() ? pointed.stream().toList() : newestFirst;
    }

    private Optional<Manifest> pointed(CurrentPointer pointer, Optional<Manifest> done, List<Damage> damages) {
        S3Uri location = dataSet.manifest(pointer.snapshotDt());
        int before = damages.size();
        Optional<Manifest> manifest = read(location, () -> reader.manifest(pointer), done, damages);
        if (manifest.isEmpty() && done.isEmpty() && damages.size() == before) {
            damages.add(new Damage(
                    "%s names the manifest %s, which is not there".formatted(dataSet.current(), location),
                    Optional.empty()));
        }
        return manifest;
    }

    private static <T> Optional<T> read(
            S3Uri location, Supplier<Optional<T>> read, Optional<Manifest> done, List<Damage> damages) {
        try {
            return read.get();
        } catch (JobFailure e) {
            // A failure with a cause is of text that is no JSON of this form; else a later version wrote it.
            boolean hasCopy = done.isPresent() && e.getCause() != null;
            String copy =
                    "delete %s, then start the job again, or with --RECOVER_ONLY true: either writes it again, since the journal holds a copy"
                            .formatted(location);
            damages.add(new Damage(damage(e), Optional.of(hasCopy ? copy : MEND)));
            return Optional.empty();
        }
    }

    /** As far as the journal alone tells. */
    private static DataSetState state(List<KnownRun> runs) {
        return new DataSetState(
                Optional.empty(), Map.of(), Optional.empty(), runs, new Listing(List.of(), Instant.EPOCH));
    }

    private static RunStatus status(KnownRun run, boolean overtaken, Map<String, StoredObject> stored) {
        if (run.last() instanceof Committing mark) {
            List<String> newKeys = mark.newFiles().stream().map(NewFile::key).toList();
            return new RunStatus(
                    run.id(),
                    run.state().name(),
                    mark.at(),
                    new FileCount(newKeys.size(), (int) mark.newFiles().stream()
                            .filter(file -> file.isIn(stored))
                            .count()),
                    new FileCount(mark.oldFiles().size(), (int)
                            mark.oldFiles().stream().filter(stored::containsKey).count()),
                    fate(mark, overtaken, stored));
        }
        Fate fate = run.state().isFinal() ? Fate.ENDED : Fate.UNDONE;
        return new RunStatus(run.id(), run.state().name(), run.last().at(), FileCount.NONE, FileCount.NONE, fate);
    }

    /** What {@link Publication} will do. */
    private static Fate fate(Committing mark, boolean overtaken, Map<String, StoredObject> stored) {
        if (!overtaken && mark.newFiles().stream().allMatch(file -> file.isIn(stored))) {
            return Fate.FINISHED;
        }
        boolean holdsNew = mark.newFiles().stream().anyMatch(file -> stored.containsKey(file.key()));
        boolean holdsOld = stored.keySet().containsAll(mark.oldFiles());
        return holdsNew && !holdsOld ? Fate.STUCK : Fate.UNDONE;
    }

    private TableFiles files(
            List<Manifest> published, List<KnownRun> runs, Map<String, StoredObject> stored, boolean versions) {
        Set<String> known = new HashSet<>();
        Set<String> going = new HashSet<>();
        Set<String> folders = new HashSet<>();
        published.forEach(manifest -> addTables(manifest, known, folders));
        for (KnownRun run : runs) {
            if (run.last() instanceof Prepared mark) {
                mark.folders().forEach(table -> folders.add(mark.layout().tableFolder(table)));
            } else if (run.last() instanceof Committing mark) {
                addTables(mark.manifest(), known, folders);
                mark.newFiles().forEach(file -> known.add(file.key()));
                known.addAll(mark.oldFiles());
                going.addAll(mark.oldFiles());
            }
        }
        List<String> missing = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (Manifest manifest : published) {
            for (FileEntry file : manifest.files()) {
                StoredObject object = stored.get(file.key());
                if (object == null && !going.contains(file.key())) {
                    missing.add(file.key());
                } else if (object != null
                        && (object.bytes() != file.bytes() || !file.etag().equals(object.etag()))) {
                    changed.add(file.key());
                }
            }
        }
        List<String> foreign = new ArrayList<>();
        stored.forEach((key, object) -> {
            if (!versions
                    && isInATable(key, folders)
                    && Visibility.seenByReaders(key, object.bytes())
                    && !known.contains(key)) {
                foreign.add(key);
            }
        });
        foreign.sort(Comparator.naturalOrder());
        return new TableFiles(missing, changed, foreign);
    }

    /** Their files are named by records of their own, and by the catalog. */
    private boolean holdsVersions(Map<String, StoredObject> stored) {
        String versions = dataSet.root().relativize(dataSet.ours().folder(VERSIONS));
        return stored.keySet().stream().anyMatch(key -> key.startsWith(versions));
    }

    private static void addTables(Manifest manifest, Set<String> keys, Set<String> folders) {
        keys.addAll(manifest.keys());
        keys.addAll(manifest.supersededKeys());
        manifest.tables().forEach(table -> folders.add(manifest.layout().tableFolder(table.folder())));
    }

    /** Where no table is known, every folder may be one, but the one for readers that know no manifest. */
    private boolean isInATable(String key, Set<String> folders) {
        if (folders.isEmpty()) {
            String date = dataSet.root().relativize(dataSet.snapshotDateFile(Layout.CLUSTERED));
            return key.indexOf('/') > 0 && !key.equals(date);
        }
        return folders.stream().anyMatch(key::startsWith);
    }

    private Leftovers leftovers(Listing listing) {
        List<String> uploads = store.pendingUploads(dataSet.root()).stream()
                .map(upload -> dataSet.root().relativize(upload.uri()))
                .toList();
        List<String> attemptFolders = listing.objects().stream()
                .map(object -> dataSet.root().relativize(object.uri()))
                .filter(key -> key.startsWith(DataSet.ATTEMPT_FOLDER) && key.contains("/"))
                .map(key -> key.substring(0, key.indexOf('/')))
                .distinct()
                .toList();
        return new Leftovers(uploads, attemptFolders);
    }
}
