package com.omc.flywheel.sequence.glue;

import java.time.Clock;

/**
 * How an {@link EmbeddedGlueCatalog} answers.
 *
 * @param pageSize the most entries of a page, whatever a request asks for
 * @param keysPerGet how many keys of a BatchGetPartition are looked up; the others come back as UnprocessedKeys
 * @param account the account that the catalog belongs to
 * @param clock for the times of creation and update
 */
public record GlueCatalogOptions(int pageSize, int keysPerGet, String account, Clock clock) {
    public GlueCatalogOptions {
        if (pageSize < 1 || keysPerGet < 1) {
            throw new IllegalArgumentException(
                    "pages of %d and %d keys a call: both must be 1 at least".formatted(pageSize, keysPerGet));
        }
    }

    /** As large as AWS makes them. */
    public static GlueCatalogOptions standard() {
        return new GlueCatalogOptions(Integer.MAX_VALUE, Integer.MAX_VALUE, "111122223333", Clock.systemUTC());
    }

    /** Pages so small that a test sees several: AWS promises no size of a page either. */
    public GlueCatalogOptions withPagesOf(int entries) {
        return new GlueCatalogOptions(entries, keysPerGet, account, clock);
    }

    /** Leaves keys of a BatchGetPartition unprocessed, as AWS may. */
    public GlueCatalogOptions withKeysPerGet(int keys) {
        return new GlueCatalogOptions(pageSize, keys, account, clock);
    }

    public GlueCatalogOptions withClock(Clock other) {
        return new GlueCatalogOptions(pageSize, keysPerGet, account, other);
    }

    /** Seconds since 1970, as AWS JSON writes a time. */
    double now() {
        return clock.millis() / 1000.0;
    }
}
