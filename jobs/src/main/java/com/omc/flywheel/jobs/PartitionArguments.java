package com.omc.flywheel.jobs;

import com.omc.flywheel.common.arguments.Argument;

/** The arguments of a job that writes snapshots beside each other, as partitions. */
public record PartitionArguments(
        @Argument(
                        help =
                                "How many `id_bucket` partitions each snapshot has, by `pmod(xxhash64(key), n)`; 0 for none, then rows are clustered by `BUCKET_COUNT`.",
                        example = "256",
                        defaultValue = "0")
                int idBuckets,
        @Argument(
                        help =
                                "Fail when the columns of a table and its partition columns are more than MAX_COLS, instead of saying what to leave off the Clean Rooms allowlist.",
                        example = "true",
                        defaultValue = "false")
                boolean strictColumnBudget) {
    // Every bucket of every table is a folder and a partition; Glue holds 10 million of them a table.
    private static final int MOST_BUCKETS = 10_000;

    public PartitionArguments {
        if (idBuckets > MOST_BUCKETS) {
            throw new IllegalArgumentException(
                    "--ID_BUCKETS: expected at most %d, got %d".formatted(MOST_BUCKETS, idBuckets));
        }
    }
}
