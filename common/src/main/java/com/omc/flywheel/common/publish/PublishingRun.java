package com.omc.flywheel.common.publish;

import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.publish.JournalMark.NewFile;
import com.omc.flywheel.common.publish.Manifest.FileEntry;
import com.omc.flywheel.common.publish.Manifest.TableEntry;
import com.omc.flywheel.common.publish.TargetCheck.Change;
import com.omc.flywheel.common.storage.ObjectStore;
import com.omc.flywheel.common.storage.StoredObject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that writes: first out of sight, then all at once. Closed without {@link #publish}, it takes its uploads back and
 * is UNDONE; what it cannot take back, the next run does.
 */
public final class PublishingRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublishingRun.class);

    private final ObjectStore store;
    private final DataSet dataSet;
    private final TargetCheck check;
    private final RunContent content;
    private final RunId run;
    private final Clock clock;
    private final Lease lease;
    private final Publication publication;
    private final UnseenFiles output;
    private Optional<Manifest> before = Optional.empty();
    private Map<String, String> locations = Map.of();

    PublishingRun(
            ObjectStore store,
            DataSet dataSet,
            TargetCheck check,
            RunContent content,
            RunId run,
            Clock clock,
            Lease lease,
            Publication publication,
            UnseenFiles output) {
        this.store = store;
        this.dataSet = dataSet;
        this.check = check;
        this.content = content;
        this.run = run;
        this.clock = clock;
        this.lease = lease;
        this.publication = publication;
        this.output = output;
    }

    void begin() {
        DataSetState state = new DataSetReader(store, dataSet).read();
        check.require(state);
        before = state.manifest(content.layout(), content.snapshot());
        locations = check.change(before, state.listing().objects(), run).locations();
        publication.prepare(content);
        try {
            output.begin();
        } catch (RuntimeException e) {
            takeBack(e);
            throw e;
        }
    }

    /** Where the files of a table are to be written, from the root of the data set, with a slash at its end. */
    public String location(String folder) {
        return locations.get(folder);
    }

    /**
     * Makes what the tasks wrote the data set's content.
     *
     * @param written the new tables; their files have no tags yet
     * @return the manifest as it is stored
     * @throws JobFailure CONFLICT when somebody put files into the tables' folders meanwhile or when the store does not
     *     show what the tasks wrote: everything is as it was then. CONFLICT when another run took the lease over, which
     *     decides then what is published. Or of the kind of what stopped it while files became visible or old ones were
     *     deleted, saying so: the next run finishes or undoes it then
     */
    public Manifest publish(List<TableEntry> written) {
        List<StoredObject> objects = store.list(dataSet.root());
        // Otherwise the files of a run that took over would be refused as somebody's whom nobody knows.
        lease.require();
        Change change = check.change(before, objects, run);
        Map<String, Long> sizes = written.stream()
                .flatMap(table -> table.files().stream())
                .collect(Collectors.toMap(FileEntry::key, FileEntry::bytes));
        List<PreparedFile> files = output.preparedFiles(store, sizes);
        List<NewFile> newFiles = files.stream()
                .map(file -> new NewFile(dataSet.root().relativize(file.upload().uri()), file.bytes()))
                .toList();
        Manifest manifest = publication.commit(
                newFiles, change.oldFiles(), manifest(change, written), () -> new UploadsInParallel(store, lease)
                        .complete(files));
        try {
            publication.tidyUp();
        } catch (JobFailure e) {
            LOG.warn("{} is published; what could not be tidied up, the next run deletes: {}", run, e.getMessage());
        }
        return manifest;
    }

    private Manifest manifest(Change change, List<TableEntry> written) {
        return new Manifest(
                Manifest.FORMAT_VERSION,
                content.job(),
                content.layout(),
                content.snapshot(),
                run,
                clock.instant(),
                Stream.concat(change.kept().stream(), written.stream())
                        .sorted(Comparator.comparing(TableEntry::folder))
                        .toList(),
                change.superseded());
    }

    /** Takes back what is out of sight. Once a file may be visible, {@link Publication} alone decides what becomes of it. */
    @Override
    public void close() {
        if (!publication.hasCommitted()) {
            takeBack(null);
        }
    }

    private void takeBack(RuntimeException reason) {
        try {
            try {
                lease.require();
            } catch (JobFailure lost) {
                if (lease.isLost()) {
                    publication.abandon();
                }
                throw lost;
            }
            publication.undo();
        } catch (JobFailure e) {
            LOG.warn("the uploads of {} were not taken back, the next run does it: {}", run, e.getMessage());
            if (reason != null) {
                reason.addSuppressed(e);
            }
        }
    }
}
