package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.publish.Manifest.Superseded;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * A data set that this run alone may write, until it is closed. Signs of life are given in a thread of their own; what
 * runs before have left unfinished is finished or undone.
 */
public final class HeldDataSet implements AutoCloseable {
    private final ObjectStore store;
    private final DataSet dataSet;
    private final Holder holder;
    private final Clock clock;
    private final Lease lease;
    private final Heartbeat heartbeat;
    private final Publication publication;
    private final List<RecoveredRun> recovered;
    private int maintained;

    private HeldDataSet(ObjectStore store, DataSet dataSet, Lease lease, Holder holder, Clock clock) {
        this.store = store;
        this.dataSet = dataSet;
        this.holder = holder;
        this.clock = clock;
        this.lease = lease;
        this.publication = new Publication(store, dataSet, lease, holder.run(), clock);
        this.heartbeat = Heartbeat.start(lease);
        try {
            DataSetState state = new DataSetReader(store, dataSet).read();
            state.runs().forEach(run -> lease.raiseAbove(run.last().leaseNumber()));
            this.recovered = List.copyOf(publication.recover(state));
        } catch (RuntimeException e) {
            heartbeat.close();
            throw e;
        }
    }

    static HeldDataSet recover(ObjectStore store, DataSet dataSet, Lease lease, Holder holder, Clock clock) {
        return new HeldDataSet(store, dataSet, lease, holder, clock);
    }

    /** What became of runs before that had not ended, a sentence each. */
    public List<String> recovered() {
        return recovered.stream().map(RecoveredRun::toString).toList();
    }

    /**
     * What {@link DataSetPublisher#check} says, now that nobody else writes.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure as there
     */
    public Optional<Manifest> check(RunContent content, boolean takeOver) {
        return new DataSetPublisher(store, dataSet, clock).check(content, takeOver);
    }

    /** Everything that the data set holds, the newest snapshot last. */
    public List<Manifest> manifests() {
        return new DataSetReader(store, dataSet).read().manifests();
    }

    /**
     * Deletes files that runs have replaced and that readers cannot come by any more, and their names from the manifest.
     *
     * @param job the job that does so
     * @param manifest of the snapshot, as {@link #manifests} gave it
     * @param unreachable which of its superseded files
     * @return the manifest as it is stored then
     */
    public Manifest deleteSuperseded(String job, Manifest manifest, List<Superseded> unreachable) {
        maintained++;
        return publication.deleteSuperseded(holder.run().plus(maintained), job, manifest, unreachable);
    }

    /**
     * Deletes everything of a snapshot: its files, superseded ones too, then its manifest. Ended half-way, it goes on when it
     * is called again. The newest snapshot of a data set stays.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure BAD_ARGUMENT for the newest snapshot
     */
    public void retire(Manifest manifest) {
        publication.retire(manifest, manifests());
    }

    /**
     * Where the tasks of this run write; nothing is written yet.
     *
     * @param hadoop the settings of the store's file system
     * @throws com.omc.flywheel.common.failure.JobFailure ENVIRONMENT when they name another committer than S3A's magic one
     */
    public OutputCommit output(Configuration hadoop) {
        return OutputCommit.of(dataSet, holder.run(), hadoop);
    }

    /**
     * Begins to write, out of everybody's sight.
     *
     * @param takeOver whether files that no run of this program wrote are the version before
     * @param output where the tasks write
     */
    public PublishingRun begin(RunContent content, boolean takeOver, UnseenFiles output) {
        PublishingRun run = new PublishingRun(
                store,
                dataSet,
                new TargetCheck(dataSet, content, takeOver),
                content,
                holder.run(),
                clock,
                lease,
                publication,
                output);
        run.begin();
        return run;
    }

    /**
     * Asks, without a request, whether the data set is still held; a run that is late need not write for hours what it
     * cannot publish.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure CONFLICT when another run has taken it over
     */
    public void requireHeld() {
        heartbeat.requireAlive();
    }

    /** Gives the lease back. */
    @Override
    public void close() {
        heartbeat.close();
        lease.close();
    }
}
