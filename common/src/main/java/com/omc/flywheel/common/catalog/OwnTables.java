package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.Optional;

/** The tables of one job in the catalog: brought to what they are to be in one step, and nobody else's touched. */
public final class OwnTables {
    private final TableCatalog catalog;
    private final String job;
    private final boolean takeOver;

    /**
     * The tables of a job.
     *
     * @param job the name that {@link TableOrigin} marks them with
     * @param takeOver whether tables that nobody has marked become this job's
     */
    public OwnTables(TableCatalog catalog, String job, boolean takeOver) {
        this.catalog = catalog;
        this.job = job;
        this.takeOver = takeOver;
    }

    /** What became of a table. */
    public enum Change {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /**
     * The table as it is; empty when there is none.
     *
     * @throws JobFailure CONFLICT when it is another job's, or nobody's and is not to be taken over
     */
    public Optional<StoredTable> find(TableId id) {
        Optional<StoredTable> found = catalog.find(id);
        found.ifPresent(this::requireOurs);
        return found;
    }

    /**
     * Makes a table what it is to be. One that is so already is not touched: every version of a table counts (Athena's
     * error 1402, too many table versions).
     *
     * @param definition with the parameters of a {@link TableOrigin} of this job
     * @throws JobFailure as {@link #find}, and when the catalog refuses
     */
    public Change put(TableId id, TableDefinition definition) {
        return put(id, find(id), definition);
    }

    /**
     * The same for a definition that goes by what {@link #find} gave: a table that somebody has changed since is left as it
     * is.
     *
     * @throws JobFailure CONFLICT when somebody has, and when the catalog refuses
     */
    public Change put(TableId id, Optional<StoredTable> found, TableDefinition definition) {
        if (found.isEmpty()) {
            catalog.create(id, definition);
            return Change.CREATED;
        }
        if (found.get().isAsDefined(definition)) {
            return Change.UNCHANGED;
        }
        catalog.update(found.get(), definition);
        return Change.UPDATED;
    }

    private void requireOurs(StoredTable table) {
        Optional<String> owner = TableOrigin.jobOf(table);
        if (owner.isPresent() && !owner.get().equals(job)) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s is described by the job %s, and %s would change it; choose another prefix or database"
                            .formatted(table.id(), owner.get(), job));
        }
        if (owner.isEmpty() && !takeOver) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s is there already and was not made by this program (%s at %s); drop it, choose another prefix or database, or let this run change it with --TAKE_OVER true"
                            .formatted(table.id(), table.tableType(), table.location()));
        }
    }
}
