package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a run writes into the journal when it reaches a state; never changed once it is there. */
sealed interface JournalMark {
    /** A program refuses marks of any other form. */
    int FORMAT_VERSION = 2;

    int formatVersion();

    RunId runId();

    /** The number of the lease that the run held: of two runs the later one has the higher number. */
    long leaseNumber();

    RunState state();

    /** When the run reached it, by the clock of the machine that it was on. */
    Instant at();

    /**
     * A run is going to write.
     *
     * @param job the job that runs
     * @param at when, by the clock of the machine that the run is on
     * @param layout where the files of the data set lie
     * @param snapshotDt the snapshot that it reads
     * @param folders the tables that it writes
     */
    record Prepared(
            int formatVersion,
            RunId runId,
            long leaseNumber,
            String job,
            Instant at,
            Layout layout,
            SnapshotDate snapshotDt,
            List<String> folders)
            implements JournalMark {
        public Prepared {
            folders = List.copyOf(folders);
        }

        @Override
        public RunState state() {
            return RunState.PREPARED;
        }
    }

    /**
     * A run has written everything and is going to make it visible.
     *
     * @param newFiles every file that it adds
     * @param oldFiles the keys, from the root of the data set, of every file that goes when all new ones are there
     * @param manifest what will hold then; its new files have no tags yet
     */
    record Committing(
            int formatVersion,
            RunId runId,
            long leaseNumber,
            Instant at,
            List<NewFile> newFiles,
            List<String> oldFiles,
            Manifest manifest)
            implements JournalMark {
        public Committing {
            newFiles = List.copyOf(newFiles);
            oldFiles = List.copyOf(oldFiles);
        }

        @Override
        public RunState state() {
            return RunState.COMMITTING;
        }
    }

    /**
     * A file that a run adds.
     *
     * @param key where, from the root of the data set
     * @param bytes its size
     */
    record NewFile(String key, long bytes) {
        /** True when the file is among these, by their keys, with its size. */
        boolean isIn(Map<String, StoredObject> stored) {
            StoredObject object = stored.get(key);
            return object != null && object.bytes() == bytes;
        }
    }

    /**
     * A run is published.
     *
     * @param manifest what the data set holds: the copy that the others can be made from again
     */
    record Done(int formatVersion, RunId runId, long leaseNumber, Instant at, Manifest manifest)
            implements JournalMark {
        @Override
        public RunState state() {
            return RunState.DONE;
        }
    }

    /**
     * A run was taken back, by itself or by another. The mark stays until another run has ended well, since tasks or the
     * whole process of the run may still be alive and begin uploads.
     *
     * @param undoneBy the run that took it back
     */
    record Undone(int formatVersion, RunId runId, long leaseNumber, Instant at, RunId undoneBy) implements JournalMark {
        @Override
        public RunState state() {
            return RunState.UNDONE;
        }
    }
}
