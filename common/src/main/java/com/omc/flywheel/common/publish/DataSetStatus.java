package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A data set as the person who looks after it wants to see it: what is published, who writes, what runs have left, and
 * what to do next.
 *
 * <p>Reading it writes nothing and takes no lease. What is half-written or damaged is part of the answer, no failure.
 *
 * @param root where the data set lies
 * @param at when it was looked at, by the store's clock
 * @param isKnown false when no run of this program has ever written there
 * @param holdsVersions true for a folder of versions of tables, of which the catalog says which readers see
 * @param published what readers find, the newest snapshot first; empty when nothing is published
 * @param lease who may write
 * @param runs the runs that the journal has not forgotten, the latest last
 * @param files how the tables' folders differ from what is known of them
 * @param leftovers what readers never see
 * @param damages what is not as this program leaves it
 */
public record DataSetStatus(
        S3Uri root,
        Instant at,
        boolean isKnown,
        boolean holdsVersions,
        List<Manifest> published,
        LeaseStatus lease,
        List<RunStatus> runs,
        TableFiles files,
        Leftovers leftovers,
        List<Damage> damages) {
    public DataSetStatus {
        published = List.copyOf(published);
        runs = List.copyOf(runs);
        damages = List.copyOf(damages);
    }

    /**
     * Looks at a data set.
     *
     * @throws JobFailure when the store cannot be read: MISSING_INPUT without the bucket, ACCESS_DENIED, SERVICE
     */
    public static DataSetStatus read(ObjectStore store, DataSet dataSet) {
        return new DataSetStatusReader(store, dataSet).read();
    }

    /** What to do, as one sentence without a full stop. */
    public String next() {
        return new NextStep(this).sentence();
    }

    /** Everything as text of several lines, the next step last. */
    public String render() {
        return new DataSetStatusText(this).render();
    }

    /** False when something is odd, be it only because a run was writing just then. */
    boolean isInOrder() {
        return damages.isEmpty()
                && files.missing().isEmpty()
                && files.changed().isEmpty()
                && files.foreign().isEmpty();
    }

    /** The runs that the next one finishes or undoes; while a run holds the lease it may be that run itself. */
    List<RunStatus> unfinished() {
        return runs.stream().filter(run -> run.fate() != Fate.ENDED).toList();
    }

    /**
     * The right to write.
     *
     * @param holder the last run that held it; empty when it is FREE or UNKNOWN
     */
    public record LeaseStatus(LeaseState state, Optional<LeaseHolder> holder) {}

    /** Who may write a data set. */
    public enum LeaseState {
        /** Whoever comes next. */
        FREE,
        /** The holder alone. */
        HELD,
        /** Whoever comes next: the holder gave no sign of life for too long. */
        EXPIRED,
        /** What is stored cannot be read. */
        UNKNOWN
    }

    /**
     * The run that a lease names.
     *
     * @param process where it runs or ran
     * @param since when it got the lease, by the store's clock
     * @param silent how long ago it gave its last sign of life, by the store's clock
     * @param left how long from then on until another run takes its place, unless it gives another sign; 0 when EXPIRED
     */
    public record LeaseHolder(RunId run, String job, String process, Instant since, Duration silent, Duration left) {
        @Override
        public String toString() {
            return "run %s (%s, %s)".formatted(run, job, process);
        }
    }

    /**
     * A run that the journal knows.
     *
     * @param state the name of the last state that it reached
     * @param since when, by the clock of the machine that it was on
     * @param newFiles the files that it adds; none are known before it is COMMITTING, or after it has ended
     * @param oldFiles the files that it replaces, known as long
     * @param fate what the next run will do with it
     */
    public record RunStatus(
            RunId run, String state, Instant since, FileCount newFiles, FileCount oldFiles, Fate fate) {}

    /**
     * Files that a run names.
     *
     * @param named how many
     * @param there how many of them are stored
     */
    public record FileCount(int named, int there) {
        static final FileCount NONE = new FileCount(0, 0);
    }

    /** What becomes of a run in the journal when its process is gone. */
    public enum Fate {
        /** It has ended. */
        ENDED,
        /** All of its files are there, and the next run makes them the data set. */
        FINISHED,
        /** The next run takes back what there is of it. */
        UNDONE,
        /** Neither its files nor those that it replaces are all there: a person must decide. */
        STUCK
    }

    /**
     * How the tables' folders differ from what the manifest and the journal name; keys are from the root on.
     *
     * @param missing the manifest names them, and they are not there
     * @param changed they are there with another size or tag
     * @param foreign readers see them, and nothing names them
     */
    public record TableFiles(List<String> missing, List<String> changed, List<String> foreign) {
        public TableFiles {
            missing = List.copyOf(missing);
            changed = List.copyOf(changed);
            foreign = List.copyOf(foreign);
        }
    }

    /**
     * What a run at work needs and an ended one leaves.
     *
     * @param uploads the keys, from the root on, of uploads that are neither completed nor aborted
     * @param attemptFolders the names of the folders in which committers remember uploads
     */
    public record Leftovers(List<String> uploads, List<String> attemptFolders) {
        public Leftovers {
            uploads = List.copyOf(uploads);
            attemptFolders = List.copyOf(attemptFolders);
        }
    }

    /**
     * Something that is not as this program leaves it.
     *
     * @param what which object, and what is wrong with it
     * @param mend what to do about it; empty when what else there is to do mends it
     */
    public record Damage(String what, Optional<String> mend) {}
}
