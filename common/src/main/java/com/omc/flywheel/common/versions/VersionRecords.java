package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.DataSet;
import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.publish.StoredJson;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import com.omc.flywheel.common.versions.VersionRecord.VersionFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of versions, and everything that is ever deleted of one: the files that its record names, or all of the
 * folder that its run alone has written to.
 */
final class VersionRecords {
    private static final String SUFFIX = ".json";
    // DeleteObjects takes 1,000 keys: Amazon S3 API reference.
    private static final int FILES_PER_DELETE = 1000;

    private final ObjectStore store;
    private final S3Uri base;
    private final Runnable requireHeld;
    private final StoredJson json = new StoredJson();

    /**
     * The records under a folder.
     *
     * @param requireHeld throws when another run has taken the folder over; asked before every change
     */
    VersionRecords(ObjectStore store, S3Uri base, Runnable requireHeld) {
        this.store = store;
        this.base = base.asFolder();
        this.requireHeld = requireHeld;
    }

    S3Uri location(VersionRecord version) {
        return base.resolve(version.location());
    }

    /** The record of every version of every table, the oldest first. */
    List<VersionRecord> all() {
        return under(folder());
    }

    /** The records of one table, the oldest first. */
    List<VersionRecord> of(TableId table) {
        return under(folder().folder(table.table().value())).stream()
                .filter(version -> version.id().equals(table))
                .toList();
    }

    Optional<VersionRecord> find(TableId table, RunId run) {
        return read(file(table.table().value(), run))
                .filter(version -> version.id().equals(table));
    }

    /** Everything that the folder of a version holds now. */
    List<VersionFile> filesNow(VersionRecord version) {
        return store.list(location(version)).stream()
                .map(object -> new VersionFile(base.relativize(object.uri()), object.bytes(), 0))
                .toList();
    }

    /** Begins a version: nothing of it may be there. */
    void create(VersionRecord version) {
        requireHeld.run();
        if (!store.create(file(version), json.write(version), StoredJson.CONTENT_TYPE)) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s is there already, and no two runs have the same id; start the job again"
                            .formatted(file(version)));
        }
    }

    void write(VersionRecord version) {
        requireHeld.run();
        store.write(file(version), json.write(version), StoredJson.CONTENT_TYPE);
    }

    /**
     * Asks the store whether nobody has taken this version for one that a killed run left.
     *
     * @throws JobFailure CONFLICT when somebody has
     */
    void requireUnsettled(VersionRecord version) {
        requireHeld.run();
        if (!read(file(version)).equals(Optional.of(version))) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "%s was changed by another run, which took run %s for killed; this run changes nothing more: see what the other one published"
                            .formatted(file(version), version.runId()));
        }
    }

    /** Deletes everything that a run has written to the folder that is its own, then the record. */
    void undo(VersionRecord version) {
        requireHeld.run();
        // A run that is late may hold uploads yet: aborted, they never become files.
        store.pendingUploads(location(version)).forEach(store::abort);
        delete(filesNow(version));
        store.delete(List.of(file(version)));
    }

    /** Deletes the files that the record names, then the record: ended half-way, it goes on when it is called again. */
    void retire(VersionRecord version) {
        delete(version.files());
        requireHeld.run();
        store.delete(List.of(file(version)));
    }

    private void delete(List<VersionFile> files) {
        for (int from = 0; from < files.size(); from += FILES_PER_DELETE) {
            requireHeld.run();
            store.delete(files.subList(from, Math.min(from + FILES_PER_DELETE, files.size())).stream()
                    .map(file -> base.resolve(file.key()))
                    .toList());
        }
    }

    private List<VersionRecord> under(S3Uri folder) {
        List<VersionRecord> found = new ArrayList<>();
        for (StoredObject object : store.list(folder)) {
            if (isRecord(object.uri())) {
                // One that has gone since was settled by a run that is late; there is nothing to do for it.
                read(object.uri()).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(version -> version.runId().value()));
        return List.copyOf(found);
    }

    /** The embedded server lists files that are still being written under names of its own. */
    private static boolean isRecord(S3Uri object) {
        String name = object.name();
        try {
            return name.endsWith(SUFFIX)
                    && !new RunId(name.substring(0, name.length() - SUFFIX.length()))
                            .value()
                            .isEmpty();
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    private Optional<VersionRecord> read(S3Uri location) {
        return store.read(location).map(content -> {
            VersionRecord version = json.readVersion(
                    content,
                    VersionRecord.class,
                    location,
                    location.toString(),
                    VersionRecord.FORMAT_VERSION,
                    StoredJson.RUN_ITS_VERSION);
            if (!version.keepsToItsFolder() || !file(version).equals(location)) {
                throw new JobFailure(
                        FailureKind.CONFLICT,
                        "%s names files or a folder that are not its own; only this program may write there: move it away"
                                .formatted(location));
            }
            return version;
        });
    }

    private S3Uri folder() {
        return new DataSet(base).ours().folder("versions");
    }

    private S3Uri file(VersionRecord version) {
        return file(version.table(), version.runId());
    }

    private S3Uri file(String table, RunId run) {
        return folder().folder(table).file(run + SUFFIX);
    }
}
