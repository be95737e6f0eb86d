package com.omc.flywheel.common.versions;

import com.omc.flywheel.common.catalog.Buckets;
import com.omc.flywheel.common.catalog.TableId;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Optional;

/**
 * What became of one table, and what readers of it are sent to now.
 *
 * @param files as many as the version has
 * @param kept how many versions of the table there are now
 */
public record TableOutcome(
        TableId table,
        Change change,
        long rows,
        Optional<Buckets> buckets,
        int files,
        long bytes,
        S3Uri location,
        int kept) {

    /** What was done. */
    public enum Change {
        /** Readers are sent to a new version. */
        BUILT("built"),
        /** The files are as before, and the catalog says something else of them, for example of a column. */
        DESCRIBED("described anew"),
        UNCHANGED("unchanged");

        private final String text;

        Change(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
