package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several data sets that this run alone may write until they are closed. They are taken in the order of their names, so that
 * of two runs that want the same ones neither waits for the other for ever, and given back the other way round.
 */
public final class HeldDataSets implements AutoCloseable {
    private final Map<DataSet, HeldDataSet> held = new LinkedHashMap<>();
    private final ObjectStore store;
    private final Holder holder;
    private final Clock clock;

    private HeldDataSets(ObjectStore store, Holder holder, Clock clock) {
        this.store = store;
        this.holder = holder;
        this.clock = clock;
    }

    /** None yet: {@link #hold(DataSet)} takes one after the other. */
    public static HeldDataSets none(ObjectStore store, Holder holder, Clock clock) {
        return new HeldDataSets(store, holder, clock);
    }

    /**
     * Takes the leases of all.
     *
     * @throws JobFailure BUSY when another run holds one of them; none is held then. MISSING_INPUT when one of them is no
     *     data set
     */
    public static HeldDataSets hold(ObjectStore store, Collection<DataSet> dataSets, Holder holder, Clock clock) {
        HeldDataSets all = none(store, holder, clock);
        List<DataSet> sorted = dataSets.stream()
                .distinct()
                .sorted(Comparator.comparing(dataSet -> dataSet.root().toString()))
                .toList();
        // A lease in a folder that is no data set would make it look like one.
        sorted.forEach(dataSet -> requireKnown(store, dataSet));
        try {
            sorted.forEach(all::hold);
        } catch (RuntimeException e) {
            try {
                all.close();
            } catch (RuntimeException worse) {
                e.addSuppressed(worse);
            }
            throw e;
        }
        return all;
    }

    /**
     * Takes one more, unless it is held already.
     *
     * @throws JobFailure BUSY when another run holds it
     */
    public HeldDataSet hold(DataSet dataSet) {
        return held.computeIfAbsent(dataSet, absent -> new DataSetPublisher(store, absent, clock).hold(holder));
    }

    private static void requireKnown(ObjectStore store, DataSet dataSet) {
        if (!DataSets.isKnown(store, dataSet)) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "no run of this program has written to %s; check the path, or write it first; drop tables of the catalog that come from there no more"
                            .formatted(dataSet.root()));
        }
    }

    /** In the order in which they were taken. */
    public Map<DataSet, HeldDataSet> all() {
        return held;
    }

    /** What became of runs before that had not ended, a sentence each. */
    public List<String> recovered() {
        return held.entrySet().stream()
                .flatMap(one -> one.getValue().recovered().stream().map(sentence -> "recovered %s: %s"
                        .formatted(one.getKey().root(), sentence)))
                .toList();
    }

    /**
     * Asks, without a request, whether all are still held.
     *
     * @throws JobFailure CONFLICT when another run has taken one of them over
     */
    public void requireHeld() {
        held.values().forEach(HeldDataSet::requireHeld);
    }

    /** Gives all of them back, whatever becomes of the others. */
    @Override
    public void close() {
        List<HeldDataSet> reversed = new ArrayList<>(held.values());
        Collections.reverse(reversed);
        RuntimeException failure = null;
        for (HeldDataSet one : reversed) {
            try {
                one.close();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        held.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
