package com.omc.flywheel.common.snapshot;

import com.omc.flywheel.common.storage.InMemoryObjectStore;
import com.omc.flywheel.common.storage.S3Uri;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A source in memory in which snapshots are located, at a fixed time. */
final class Snapshots {
    private static final S3Uri SOURCE = S3Uri.parse("s3://lake/in/");

    final InMemoryObjectStore store = InMemoryObjectStore.withBuckets("lake");
    private Clock clock = Clock.fixed(Instant.parse("2025-11-05T12:00:00Z"), ZoneOffset.UTC);

    /** Makes it then, instead of noon on 5 November 2025 UTC. */
    void at(Instant now, ZoneId zone) {
        clock = Clock.fixed(now, zone);
    }

    /** Puts an object at each of these keys under the source. */
    void holding(String... keys) {
        for (String key : keys) {
            store.put(SOURCE + key, "x");
        }
    }

    SnapshotFolder newest() {
        return newest(RequireSuccess.AUTO);
    }

    SnapshotFolder newest(RequireSuccess requireSuccess) {
        return locate(SOURCE, Optional.empty(), requireSuccess);
    }

    SnapshotFolder asked(String date) {
        return locate(SOURCE, Optional.of(SnapshotDate.parse(date)), RequireSuccess.AUTO);
    }

    void requireUnchanged(SnapshotFolder found) {
        new SnapshotLocator(store, clock).requireUnchanged(found);
    }

    SnapshotFolder locate(S3Uri source, Optional<SnapshotDate> asked, RequireSuccess requireSuccess) {
        return new SnapshotLocator(store, clock).locate(source, asked, requireSuccess);
    }
}
