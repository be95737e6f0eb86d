package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.LeaseFolder.Found;
import com.omc.flywheel.common.publish.LeaseFolder.Numbered;
import com.omc.flywheel.common.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one run to write a data set, as long as it gives signs of life.
 *
 * <p>Taking it, prolonging it, giving it back and taking it over are one and the same: creating the file with the next
 * number, which S3 grants to exactly one caller ({@code If-None-Match: *}; Amazon S3 user guide, "Conditional writes").
 * Whether it is over is decided by the store's clock alone: the time of the listing less the time that the file was
 * written. No clock of any machine of ours matters.
 *
 * <p>A lower number than the highest means nothing, even to who has just created it; so every creation is followed by a
 * listing. The highest file is never deleted, or numbers would begin again.
 */
final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    /** Every lost race means that another run came first; one of these attempts finds it holding the lease. */
    private static final int ATTEMPTS = 5;

    private final LeaseFolder folder;
    private final DataSet dataSet;
    private final LeaseFile content;
    private long number;
    private final List<Long> undeleted = new ArrayList<>();
    private boolean released;
    private volatile boolean lost;

    private Lease(LeaseFolder folder, DataSet dataSet, LeaseFile content, long number) {
        this.folder = folder;
        this.dataSet = dataSet;
        this.content = content;
        this.number = number;
    }

    /**
     * Takes the lease.
     *
     * @throws JobFailure BUSY when another run holds it, saying which and since when
     */
    static Lease take(ObjectStore store, DataSet dataSet, Holder holder) {
        LeaseFolder folder = new LeaseFolder(store, dataSet);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Lease> lease = tryToTake(folder, dataSet, holder);
            if (lease.isPresent()) {
                return lease.get();
            }
        }
        throw new JobFailure(
                FailureKind.BUSY,
                "several runs reach for the lease of %s at once; start the job again in a minute"
                        .formatted(dataSet.root()));
    }

    private static Optional<Lease> tryToTake(LeaseFolder folder, DataSet dataSet, Holder holder) {
        Found found = folder.find();
        Optional<Numbered> highest = found.highest();
        if (highest.isPresent()) {
            Optional<LeaseFile> held = folder.read(highest.get().number());
            if (held.isEmpty()) {
                return Optional.empty();
            }
            if (!found.isOver(highest.get(), held.get())) {
                throw busy(dataSet, found, highest.get(), held.get());
            }
            if (!held.get().released()) {
                LOG.warn(
                        "taking over {}: {} gave no sign of life for {} s",
                        dataSet.root(),
                        describe(held.get()),
                        found.age(highest.get()).toSeconds());
            }
        }
        LeaseFile content = new LeaseFile(
                LeaseFile.FORMAT_VERSION,
                holder.run(),
                holder.job(),
                holder.process(),
                found.storeTime(),
                holder.timeToLive().toSeconds(),
                false);
        long number = found.highestNumber() + 1;
        if (!folder.take(number, content)) {
            return Optional.empty();
        }
        List<Long> lower =
                new ArrayList<>(found.files().stream().map(Numbered::number).toList());
        // Where there is none, the delete of what never was shows whether deleting is allowed, before hours of writing.
        lower.add(0L);
        Lease lease = new Lease(folder, dataSet, content, number);
        try {
            if (!lease.isHighest(number)) {
                return Optional.empty();
            }
            folder.delete(lower);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        return Optional.of(lease);
    }

    private static JobFailure busy(DataSet dataSet, Found found, Numbered file, LeaseFile held) {
        Duration age = found.age(file);
        return new JobFailure(
                FailureKind.BUSY,
                "%s is being written by %s since %s, last sign of life %d s ago; start again when it has ended; if it was killed, after %d more seconds without one"
                        .formatted(
                                dataSet.root(),
                                describe(held),
                                held.heldSince(),
                                Math.max(0, age.toSeconds()),
                                Math.max(
                                        1,
                                        held.timeToLiveSeconds()
                                                - age.toSeconds()
                                                + LeaseFolder.UNTIL_OVER.toSeconds())));
    }

    static String describe(LeaseFile held) {
        return "run %s (%s, %s)".formatted(held.runId(), held.job(), held.process());
    }

    /** The number of the file that the lease was last prolonged with. */
    synchronized long number() {
        return number;
    }

    Duration timeToLive() {
        return Duration.ofSeconds(content.timeToLiveSeconds());
    }

    /** True once this run has learned that another one has taken the lease over; nothing is asked. */
    boolean isLost() {
        return lost;
    }

    /**
     * Goes on with a number above this one, unless it is above already: the journal orders runs by their numbers, which
     * begin again when somebody deletes the lease.
     *
     * @throws JobFailure CONFLICT when another run has taken it over
     */
    synchronized void raiseAbove(long used) {
        if (number <= used) {
            goOnWith(used + 1);
        }
    }

    /**
     * Prolongs the lease: a sign of life.
     *
     * @throws JobFailure CONFLICT when another run has taken it over
     */
    synchronized void prolong() {
        if (released) {
            return;
        }
        goOnWith(number + 1);
    }

    private void goOnWith(long next) {
        if (!folder.take(next, content) || !isHighest(next)) {
            throw lost();
        }
        moveTo(next);
        folder.delete(undeleted);
        undeleted.clear();
    }

    /**
     * Asks the store whether this run still holds the lease; called before everything that readers would notice.
     *
     * @throws JobFailure CONFLICT when it does not
     */
    synchronized void require() {
        Found found = folder.find();
        if (found.highestNumber() == number + 1 && isOurs(number + 1)) {
            // The answer to prolonging it was lost.
            moveTo(number + 1);
        }
        Numbered highest = found.highest().orElseThrow(this::lost);
        if (highest.number() != number) {
            throw lost();
        }
        if (found.isOver(highest, content)) {
            prolong();
        }
    }

    /** Gives the lease back, so that the next run need not wait; nothing happens when it is lost. */
    @Override
    public synchronized void close() {
        if (released) {
            return;
        }
        released = true;
        try {
            boolean given = folder.take(number + 1, content.asReleased());
            if (!given && isOurs(number + 1)) {
                // As above.
                moveTo(number + 1);
                given = folder.take(number + 1, content.asReleased());
            }
            if (given) {
                moveTo(number + 1);
                folder.delete(undeleted);
            }
        } catch (JobFailure e) {
            LOG.warn(
                    "the lease of {} could not be given back; it is over in {} s: {}",
                    dataSet.root(),
                    content.timeToLiveSeconds(),
                    e.getMessage());
        }
    }

    private boolean isHighest(long asked) {
        return folder.find().highestNumber() == asked;
    }

    private boolean isOurs(long asked) {
        return folder.read(asked)
                .filter(file -> file.runId().equals(content.runId()))
                .isPresent();
    }

    private void moveTo(long next) {
        undeleted.add(number);
        number = next;
    }

    private JobFailure lost() {
        lost = true;
        String by = folder.find()
                .highest()
                .flatMap(highest -> folder.read(highest.number()))
                .map(other -> "%s took it over at %s".formatted(describe(other), other.heldSince()))
                .orElse("its file is gone");
        return new JobFailure(
                FailureKind.CONFLICT,
                "run %s has lost the lease of %s, having given no sign of life for %d s: %s; this run writes nothing more: see what the other one published, and start this job again if that is not what it was to publish"
                        .formatted(content.runId(), dataSet.root(), content.timeToLiveSeconds(), by));
    }
}
