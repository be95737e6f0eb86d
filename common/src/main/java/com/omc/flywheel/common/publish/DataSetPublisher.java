package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to a data set: what it holds, whether a run may write it, and the right to do so. */
public final class DataSetPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DataSetPublisher.class);

    private final ObjectStore store;
    private final DataSet dataSet;
    private final Clock clock;

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
        return new DataSetReader(store, dataSet).current();
    }

    /**
     * Everything that the data set holds, the newest snapshot last: by the journal, which a late run cannot change, and not
     * by the pointer alone. A run may be unfinished meanwhile, so this is for plans and for people.
     */
    public List<Manifest> manifests() {
        return new DataSetReader(store, dataSet).read().manifests();
    }

    /**
     * Checks without writing that the data set can take what a run is going to write. While another run is unfinished
     * nothing is refused: recovery comes first, and the check again after it.
     *
     * @return the manifest when exactly this is published already
     * @throws JobFailure CONFLICT when the data set is another job's, when a table's folder holds files that nobody
     *     knows, or when a run of some tables would leave the others at another snapshot, another state of it, or with
     *     other buckets; BUSY when another run changes what is read
     */
    public Optional<Manifest> check(RunContent content, boolean takeOver) {
        try {
            return checkOnce(content, takeOver);
        } catch (JobFailure e) {
            if (e.kind() != FailureKind.CONFLICT && e.kind() != FailureKind.BUSY) {
                throw e;
            }
            LOG.info("looking again, since another run may just have ended: {}", e.getMessage());
            return checkOnce(content, takeOver);
        }
    }

    private Optional<Manifest> checkOnce(RunContent content, boolean takeOver) {
        DataSetState state = new DataSetReader(store, dataSet).read();
        TargetCheck check = new TargetCheck(dataSet, content, takeOver);
        Optional<Manifest> published = check.alreadyPublished(state);
        if (published.isEmpty() && state.unfinished().isEmpty()) {
            check.require(state);
        }
        return published;
    }

    /**
     * Takes the lease of the data set, and brings to its end what runs before have left unfinished.
     *
     * @throws JobFailure BUSY when another run holds the lease, saying which and since when
     */
    public HeldDataSet hold(Holder holder) {
        Lease lease = Lease.take(store, dataSet, holder);
        try {
            return HeldDataSet.recover(store, dataSet, lease, holder, clock);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }
}
