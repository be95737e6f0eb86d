package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.JournalMark.Committing;
import com.omc.flywheel.common.publish.JournalMark.Done;
import com.omc.flywheel.common.publish.JournalMark.Prepared;
import com.omc.flywheel.common.publish.JournalMark.Undone;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The marks of all runs of a data set that are not forgotten. */
final class Journal {
    private final ObjectStore store;
    private final DataSet dataSet;
    private final StoredJson json = new StoredJson();

    Journal(ObjectStore store, DataSet dataSet) {
        this.store = store;
        this.dataSet = dataSet;
    }

    /**
     * A run that the journal knows.
     *
     * @param marks the states that it has reached
     * @param last what it wrote at the last of them
     */
    record KnownRun(Set<RunState> marks, JournalMark last) {
        KnownRun {
            marks = Set.copyOf(marks);
        }

        RunId id() {
            return last.runId();
        }

        RunState state() {
            return last.state();
        }
    }

    /**
     * The runs among the objects of a listing, in the order of their leases.
     *
     * @throws JobFailure CONFLICT when a mark is not of this program's form
     */
    List<KnownRun> runs(List<StoredObject> objects) {
        Map<String, Set<RunState>> marks = new TreeMap<>();
        for (StoredObject object : objects) {
            if (dataSet.journal().contains(object.uri()) && !DataSet.isOfTheStore(object)) {
                addMark(object.uri(), marks);
            }
        }
        return marks.entrySet().stream()
                .map(run -> read(new RunId(run.getKey()), run.getValue()))
                .sorted(Comparator.comparingLong(run -> run.last().leaseNumber()))
                .toList();
    }

    private void addMark(S3Uri mark, Map<String, Set<RunState>> marks) {
        String[] runAndFile = dataSet.journal().relativize(mark).split("/", -1);
        for (RunState state : RunState.values()) {
            if (runAndFile.length == 2 && RunId.isOne(runAndFile[0]) && runAndFile[1].equals(state.fileName())) {
                marks.computeIfAbsent(runAndFile[0], run -> EnumSet.noneOf(RunState.class))
                        .add(state);
                return;
            }
        }
        throw new JobFailure(
                FailureKind.CONFLICT,
                "%s is no mark of a run; only this program may write there: move it away, or run the version that wrote it"
                        .formatted(mark));
    }

    private KnownRun read(RunId run, Set<RunState> marks) {
        // The states are declared in their order; of the two last ones a run has but one.
        RunState last = marks.stream().max(Comparator.naturalOrder()).orElseThrow();
        S3Uri location = dataSet.mark(run, last);
        byte[] content = store.read(location)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BUSY,
                        "%s went away while it was read: another run works on %s; start the job again"
                                .formatted(location, dataSet.root())));
        JournalMark mark = json.readVersion(
                content,
                typeOf(last),
                location,
                location.toString(),
                JournalMark.FORMAT_VERSION,
                StoredJson.RUN_ITS_VERSION);
        return new KnownRun(marks, mark);
    }

    private static Class<? extends JournalMark> typeOf(RunState state) {
        return switch (state) {
            case PREPARED -> Prepared.class;
            case COMMITTING -> Committing.class;
            case DONE -> Done.class;
            case UNDONE -> Undone.class;
        };
    }

    /** Writes a mark; false when it is there already with other content, which stays. */
    boolean write(JournalMark mark) {
        return store.create(dataSet.mark(mark.runId(), mark.state()), json.write(mark), StoredJson.CONTENT_TYPE);
    }

    /** Deletes these marks. */
    void forget(Map<RunId, ? extends Set<RunState>> marks) {
        store.delete(marks.entrySet().stream()
                .flatMap(run -> run.getValue().stream().map(state -> dataSet.mark(run.getKey(), state)))
                .toList());
    }
}
