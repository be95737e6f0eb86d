package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.publish.Journal.KnownRun;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.publish.JournalMark.NewFile;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.JournalMark.Undone;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.PendingUpload;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of a run that publishes, and every transition between them; the picture is in the package's documentation.
 *
 * <p>A run makes its own transitions, and those of runs before it that did not end: the same code, so that a run that is
 * killed at any call is finished or undone as it would have done itself. Every transition may be begun again from its
 * start. Whoever makes one holds the lease, and asks for it before whatever readers would notice.
 */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    // DeleteObjects takes 1,000 keys: Amazon S3 API reference.
    private static final int FILES_PER_DELETE = 1000;

    private final ObjectStore store;
    private final DataSet dataSet;
    private final Journal journal;
    private final Lease lease;
    private final RunId actor;
    private final Clock clock;
    private final StoredJson json = new StoredJson();
    /** The runs before this one and their marks, to be forgotten when this one is DONE. */
    private final Map<RunId, Set<RunState>> ended = new LinkedHashMap<>();
    /** What those of them published that published something. */
    private final Map<RunId, Manifest> publishedBefore = new HashMap<>();

    private Prepared prepared;
    private boolean committed;

    /**
     * The transitions as one run makes them.
     *
     * @param actor the run that holds the lease
     */
    Publication(ObjectStore store, DataSet dataSet, Lease lease, RunId actor, Clock clock) {
        this.store = store;
        this.dataSet = dataSet;
        this.journal = new Journal(store, dataSet);
        this.lease = lease;
        this.actor = actor;
        this.clock = clock;
    }

    /** Nothing to PREPARED: from here on there may be uploads of this run. */
    void prepare(RunContent content) {
        lease.require();
        prepared = new Prepared(
                JournalMark.FORMAT_VERSION,
                actor,
                lease.number(),
                content.job(),
                clock.instant(),
                content.layout(),
                content.snapshot(),
                content.folders());
        write(prepared);
    }

    /**
     * PREPARED to COMMITTING, and on to where that leads.
     *
     * @param completeUploads makes the new files visible, each by itself
     * @return the manifest as it is stored
     * @throws JobFailure what went wrong with the uploads, the run being UNDONE then; or what keeps a run whose new files
     *     are all there from being DONE, which the next run makes it
     */
    Manifest commit(List<NewFile> newFiles, List<String> oldFiles, Manifest manifest, Runnable completeUploads) {
        lease.require();
        Committing mark = new Committing(
                JournalMark.FORMAT_VERSION, actor, lease.number(), clock.instant(), newFiles, oldFiles, manifest);
        reach(RunState.PREPARED, mark);
        committed = true;
        try {
            completeUploads.run();
        } catch (RuntimeException e) {
            return settleAfter(e, mark);
        }
        return settle(mark, false).orElseThrow(() -> notShown(mark));
    }

    /** Some requests may have taken effect although their answers were lost; what the store shows decides. */
    private Manifest settleAfter(RuntimeException failure, Committing mark) {
        Optional<Manifest> published;
        try {
            lease.require();
            published = settle(mark, false);
        } catch (RuntimeException worse) {
            worse.addSuppressed(failure);
            throw worse;
        }
        published.ifPresent(manifest -> LOG.warn("all files are there all the same: {}", failure.getMessage()));
        return published.orElseThrow(() -> failure);
    }

    /**
     * Publishes a snapshot as it is, without some files of versions before it: every state, with no new files.
     *
     * @param as the name of the run that does so; a run has each state once, so no two of these may have one name
     */
    Manifest deleteSuperseded(RunId as, String job, Manifest manifest, List<Superseded> unreachable) {
        Publication own = new Publication(store, dataSet, lease, as, clock);
        ended.forEach((run, marks) -> own.ended.put(run, new HashSet<>(marks)));
        own.publishedBefore.putAll(publishedBefore);
        Manifest without = own.publishWithout(job, manifest, unreachable);
        // What is left in the journal: the last marks of the other snapshots' runs, and this one.
        ended.keySet().removeIf(run -> !own.isStillHeld(run));
        ended.replaceAll((run, marks) -> EnumSet.of(RunState.DONE));
        ended.put(as, EnumSet.of(RunState.DONE));
        publishedBefore.keySet().retainAll(ended.keySet());
        publishedBefore.put(as, without);
        return without;
    }

    private Manifest publishWithout(String job, Manifest manifest, List<Superseded> unreachable) {
        lease.require();
        prepared = new Prepared(
                JournalMark.FORMAT_VERSION,
                actor,
                lease.number(),
                job,
                clock.instant(),
                manifest.layout(),
                manifest.snapshotDt(),
                manifest.tables().stream().map(TableEntry::folder).toList());
        write(prepared);
        List<Superseded> kept = manifest.superseded().stream()
                .filter(version -> !unreachable.contains(version))
                .toList();
        List<String> keys =
                unreachable.stream().flatMap(version -> version.keys().stream()).toList();
        Manifest without = commit(List.of(), keys, manifest.withSuperseded(actor, clock.instant(), kept), () -> {});
        tidyUp();
        return without;
    }

    /** The mark goes last: it names what is to be deleted, for whoever must go on. */
    void retire(Manifest manifest, List<Manifest> held) {
        boolean isNewest = held.stream().noneMatch(other -> other.snapshotDt().compareTo(manifest.snapshotDt()) > 0);
        if (isNewest) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "snapshot %s is the newest of %s and stays; keep at least one snapshot"
                            .formatted(manifest.snapshotDt(), dataSet.root()));
        }
        delete(Stream.concat(manifest.keys().stream(), manifest.supersededKeys().stream())
                .map(dataSet.root()::resolve)
                .toList());
        lease.require();
        store.delete(List.of(dataSet.manifest(manifest.snapshotDt())));
        Map<RunId, Set<RunState>> done = new HashMap<>();
        publishedBefore.forEach((run, published) -> {
            if (published.snapshotDt().equals(manifest.snapshotDt())) {
                done.put(run, EnumSet.of(RunState.DONE));
            }
        });
        journal.forget(done);
        ended.keySet().removeAll(done.keySet());
    }

    /** True once files of this run may have become visible. */
    boolean hasCommitted() {
        return committed;
    }

    private JobFailure notShown(Committing mark) {
        return new JobFailure(
                FailureKind.CONFLICT,
                "after the commit %s did not show all of the %d files that were written, and they were taken back; something else writes or deletes there: find out what, then start the job again"
                        .formatted(dataSet.root(), mark.newFiles().size()));
    }

    /**
     * COMMITTING to DONE when every new file is there, and to UNDONE when one is not; empty for UNDONE.
     *
     * <p>The uploads are aborted first. What is not there then will never be, whatever the run's process still does: this
     * is the fence against a run that lost its lease and does not know it yet.
     *
     * @param overtaken whether a later run has ended well, so that what this one would replace is no more what is there
     */
    private Optional<Manifest> settle(Committing mark, boolean overtaken) {
        Map<String, StoredObject> stored = whatIsThere(mark);
        List<String> absent = mark.newFiles().stream()
                .filter(file -> !file.isIn(stored))
                .map(NewFile::key)
                .toList();
        if (absent.isEmpty() && !overtaken) {
            return Optional.of(finish(mark, stored));
        }
        LOG.warn(
                "run {} is undone{}, new files are not there: {}",
                mark.runId(),
                overtaken ? ", since a later one is done" : "",
                Names.list(absent));
        undo(mark, stored);
        return Optional.empty();
    }

    private Map<String, StoredObject> whatIsThere(Committing mark) {
        try {
            abortUploads(Set.of(mark.runId()));
            return DataSetState.byKey(dataSet, store.list(dataSet.root()));
        } catch (JobFailure e) {
            throw new JobFailure(
                    e.kind(),
                    "some or all of the %d new files of run %s may be visible in %s beside the old ones: %s; mend the cause, then start the job again, or with --RECOVER_ONLY true: either finishes or undoes the run"
                            .formatted(mark.newFiles().size(), mark.runId(), dataSet.root(), e.getMessage()),
                    e);
        }
    }

    /**
     * COMMITTING to DONE. The manifest is switched while the old files are still there, so that who follows it never
     * misses one.
     */
    private Manifest finish(Committing mark, Map<String, StoredObject> stored) {
        Manifest manifest = withTags(mark, stored);
        try {
            lease.require();
            writeManifest(manifest);
            deleteReplaced(mark);
            reach(
                    RunState.COMMITTING,
                    new Done(JournalMark.FORMAT_VERSION, mark.runId(), mark.leaseNumber(), clock.instant(), manifest));
            // A run that slept before it wrote the manifest must not say that all is well: S3 cannot fence that write.
            lease.require();
        } catch (JobFailure e) {
            if (lease.isLost()) {
                throw e;
            }
            throw new JobFailure(
                    e.kind(),
                    "the new files of %s are all there, but run %s is not finished: %s; until it is, readers of the folders may see old files beside new ones: mend the cause, then start the job again, or with --RECOVER_ONLY true"
                            .formatted(dataSet.root(), mark.runId(), e.getMessage()),
                    e);
        }
        return manifest;
    }

    /** Makes a transition that the states allow. */
    private void reach(RunState from, JournalMark mark) {
        if (!from.next().contains(mark.state())) {
            throw new IllegalStateException("%s does not follow %s".formatted(mark.state(), from));
        }
        write(mark);
    }

    private void write(JournalMark mark) {
        if (!journal.write(mark)) {
            // Whoever took the lease over may have made the same transition for this run.
            lease.require();
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is there already with other content: two processes run as %s; start one of them again"
                            .formatted(dataSet.mark(mark.runId(), mark.state()), mark.runId()));
        }
    }

    private static Manifest withTags(Committing mark, Map<String, StoredObject> stored) {
        Set<String> added =
                new HashSet<>(mark.newFiles().stream().map(NewFile::key).toList());
        List<TableEntry> tables = new ArrayList<>();
        for (TableEntry table : mark.manifest().tables()) {
            List<FileEntry> files = table.files().stream()
                    .map(file -> added.contains(file.key())
                            ? file.withEtag(stored.get(file.key()).etag())
                            : file)
                    .toList();
            tables.add(table.withFiles(files));
        }
        return mark.manifest().withTables(tables);
    }

    private void deleteReplaced(Committing mark) {
        Set<String> alive = new HashSet<>(mark.manifest().keys());
        List<S3Uri> replaced = mark.oldFiles().stream()
                .filter(key -> !alive.contains(key))
                .map(dataSet.root()::resolve)
                .toList();
        if (!replaced.isEmpty()) {
            LOG.info("deleting {} files that run {} replaces", replaced.size(), mark.runId());
        }
        delete(replaced);
    }

    private void delete(List<S3Uri> files) {
        for (int from = 0; from < files.size(); from += FILES_PER_DELETE) {
            lease.require();
            store.delete(files.subList(from, Math.min(from + FILES_PER_DELETE, files.size())));
        }
    }

    /**
     * The date for readers that know no manifest, the manifest, and last the pointer to it; the first and the last only for
     * the newest snapshot.
     */
    private void writeManifest(Manifest manifest) {
        boolean newest = !manifest.layout().isPartitioned()
                || new DataSetReader(store, dataSet)
                        .pointer()
                        .filter(pointer -> pointer.snapshotDt().compareTo(manifest.snapshotDt()) > 0)
                        .isEmpty();
        if (newest) {
            writeDate(manifest);
        }
        describe(manifest);
        if (newest) {
            point(manifest);
        }
    }

    private void writeDate(Manifest manifest) {
        store.write(
                dataSet.snapshotDateFile(manifest.layout()),
                manifest.snapshotDt().toString().getBytes(StandardCharsets.UTF_8),
                "text/plain; charset=utf-8");
    }

    private void describe(Manifest manifest) {
        store.write(dataSet.manifest(manifest.snapshotDt()), json.write(manifest), StoredJson.CONTENT_TYPE);
    }

    private void point(Manifest manifest) {
        store.write(
                dataSet.current(),
                json.write(new CurrentPointer(manifest.snapshotDt(), manifest.runId())),
                StoredJson.CONTENT_TYPE);
    }

    /** COMMITTING to UNDONE. */
    private void undo(Committing mark, Map<String, StoredObject> stored) {
        // The files of a run that has been taken over are somebody else's by now.
        lease.require();
        List<String> gone =
                mark.oldFiles().stream().filter(key -> !stored.containsKey(key)).toList();
        List<S3Uri> added = mark.newFiles().stream()
                .map(NewFile::key)
                .filter(stored::containsKey)
                .map(dataSet.root()::resolve)
                .toList();
        if (!gone.isEmpty() && !added.isEmpty()) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "neither the new files of run %s nor those before it are all in %s: somebody deleted files by hand; of the old ones these are gone: %s; restore them or empty the tables' folders, delete %s, then start the job again with --TAKE_OVER true"
                            .formatted(
                                    mark.runId(),
                                    dataSet.root(),
                                    Names.list(gone),
                                    dataSet.journal().folder(mark.runId().value())));
        }
        delete(added);
        leave(mark);
    }

    /** PREPARED to UNDONE: nothing of the run was ever visible. */
    private void undo(Prepared mark) {
        abortUploads(Set.of(mark.runId()));
        leave(mark);
    }

    /** This run, which has made nothing visible, to UNDONE. */
    void undo() {
        undo(prepared);
    }

    private void leave(JournalMark mark) {
        deleteAttempts(Set.of(mark.runId()));
        reach(
                mark.state(),
                new Undone(JournalMark.FORMAT_VERSION, mark.runId(), mark.leaseNumber(), clock.instant(), actor));
    }

    /**
     * Brings every run of the journal to its end, earlier ones first, and the manifest to what the last of them says.
     *
     * @return those that had not ended
     */
    List<RecoveredRun> recover(DataSetState state) {
        List<RecoveredRun> recovered = new ArrayList<>();
        if (state.done().isEmpty()) {
            state.manifests().forEach(this::rememberAgain);
        }
        for (KnownRun run : state.runs()) {
            RunState reached = bringToItsEnd(run, state.isOvertaken(run.last()));
            if (reached != run.state()) {
                LOG.warn("run {} was left {} and is {} now", run.id(), run.state(), reached);
                recovered.add(new RecoveredRun(run.id(), run.state(), reached));
            }
            Set<RunState> marks = EnumSet.copyOf(run.marks());
            marks.add(reached);
            if (reached == RunState.DONE && marks.size() > 1) {
                tidyUpDone(run.id());
                marks = EnumSet.of(RunState.DONE);
            }
            ended.put(run.id(), marks);
            manifestOf(run.last()).ifPresent(manifest -> publishedBefore.put(run.id(), manifest));
        }
        boolean finishedOne = recovered.stream().anyMatch(run -> run.to() == RunState.DONE);
        if (!finishedOne) {
            repairManifests(state);
        }
        return recovered;
    }

    /**
     * Somebody deleted the journal. With the first mark of a new run, the snapshots that have none would be forgotten, although
     * their manifests are there; a clustered data set has but one, which the next run replaces.
     */
    private void rememberAgain(Manifest manifest) {
        if (manifest.layout().isPartitioned()) {
            LOG.warn(
                    "{} had no journal: snapshot {} is taken for published, as its manifest says",
                    dataSet.root(),
                    manifest.snapshotDt());
            lease.require();
            write(new Done(JournalMark.FORMAT_VERSION, manifest.runId(), lease.number(), clock.instant(), manifest));
            ended.put(manifest.runId(), EnumSet.of(RunState.DONE));
            publishedBefore.put(manifest.runId(), manifest);
        }
    }

    private static Optional<Manifest> manifestOf(JournalMark mark) {
        if (mark instanceof Committing committing) {
            return Optional.of(committing.manifest());
        }
        return mark instanceof Done done ? Optional.of(done.manifest()) : Optional.empty();
    }

    private RunState bringToItsEnd(KnownRun run, boolean overtaken) {
        if (run.last() instanceof Prepared mark) {
            undo(mark);
            return RunState.UNDONE;
        }
        if (run.last() instanceof Committing mark) {
            return settle(mark, overtaken).isPresent() ? RunState.DONE : RunState.UNDONE;
        }
        return run.state();
    }

    /** The journal is right: a run that slept through the loss of its lease may have written the others. */
    private void repairManifests(DataSetState state) {
        List<Done> done = state.done();
        if (done.isEmpty() || state.isDescribed()) {
            return;
        }
        LOG.warn("{} was not described as its runs published it, and is described again", dataSet.root());
        lease.require();
        Manifest newest = done.get(done.size() - 1).manifest();
        writeDate(newest);
        done.stream()
                .map(Done::manifest)
                .filter(manifest -> !state.isDescribed(manifest))
                .forEach(this::describe);
        point(newest);
    }

    /** What a run that is DONE leaves but its last mark; that one outlives the others, which alone would mean COMMITTING. */
    private void tidyUpDone(RunId run) {
        deleteAttempts(Set.of(run));
        journal.forget(Map.of(run, EnumSet.of(RunState.PREPARED, RunState.COMMITTING)));
    }

    /**
     * Deletes what this run, which is DONE, and those before it leave: all but this run's last mark, and those of runs whose
     * snapshots it does not replace.
     */
    void tidyUp() {
        Set<RunId> undone = new HashSet<>();
        ended.forEach((run, marks) -> {
            if (marks.contains(RunState.UNDONE)) {
                undone.add(run);
            } else if (isStillHeld(run)) {
                marks.remove(RunState.DONE);
            }
        });
        undone.add(actor);
        // Their processes, or a repeated task of this one, may have begun uploads since.
        abortUploads(undone);
        deleteAttempts(undone);
        ended.put(actor, EnumSet.of(RunState.PREPARED, RunState.COMMITTING));
        journal.forget(ended);
        ended.clear();
    }

    private boolean isStillHeld(RunId earlier) {
        Manifest held = publishedBefore.get(earlier);
        return held != null && !prepared.layout().replaces(prepared.snapshotDt(), held.snapshotDt());
    }

    /** For a run that lost its lease: takes back what nobody else can have touched, and nothing else. */
    void abandon() {
        abortUploads(Set.of(actor));
        deleteAttempts(Set.of(actor));
    }

    /** File names hold the id of their run. */
    private void abortUploads(Set<RunId> runs) {
        for (PendingUpload upload : store.pendingUploads(dataSet.root())) {
            if (runs.stream().anyMatch(run -> upload.uri().name().contains(run.value()))) {
                store.abort(upload);
            }
        }
    }

    private void deleteAttempts(Collection<RunId> runs) {
        List<S3Uri> objects = runs.stream()
                .flatMap(run -> store.list(dataSet.attemptFolder(run)).stream())
                .map(StoredObject::uri)
                .toList();
        store.delete(objects);
    }
}
