package com.omc.flywheel.common.sizing;

import com.omc.flywheel.common.storage.DataSize;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which buckets lie in which file of a table: whole buckets, in order, every file a run of them.
 *
 * <p>The number of files is the table's bytes over the target, at least one and at most one for each bucket that has
 * rows. Among all ways to cut the buckets into that many runs, the one whose largest file is smallest is taken: the v1
 * hash spreads sequential keys with a factor of 1.9 between the largest bucket and the mean.
 *
 * @param files in the order of their buckets; every bucket is in exactly one
 */
public record FilePlan(List<PlannedFile> files) {
    public FilePlan {
        files = List.copyOf(files);
    }

    /**
     * One file of a plan.
     *
     * @param firstBucket the first bucket in it
     * @param lastBucket the last bucket in it
     * @param rows the rows of these buckets
     */
    public record PlannedFile(int firstBucket, int lastBucket, long rows) implements Serializable {}

    /** How many files hold that many bytes. */
    public static int filesFor(long bytes, DataSize target, int buckets) {
        long wanted = bytes / target.bytes() + (bytes % target.bytes() == 0 ? 0 : 1);
        return Math.toIntExact(Math.max(1, Math.min(wanted, buckets)));
    }

    /**
     * Packs the buckets of a table.
     *
     * @param rowsPerBucket the rows of each bucket
     * @param bytes the table's bytes, taken to spread like its rows
     * @param target the size to aim for
     */
    public static FilePlan pack(List<Long> rowsPerBucket, long bytes, DataSize target) {
        int filled = Math.toIntExact(
                rowsPerBucket.stream().filter(inBucket -> inBucket > 0).count());
        int files = filesFor(bytes, target, Math.max(1, filled));
        long smallestLargest = smallestLargestFile(rowsPerBucket, files);

        List<PlannedFile> plan = new ArrayList<>();
        int first = 0;
        long rows = 0;
        for (int bucket = 0; bucket < rowsPerBucket.size(); bucket++) {
            if (rows > 0 && rows + rowsPerBucket.get(bucket) > smallestLargest) {
                plan.add(new PlannedFile(first, bucket - 1, rows));
                first = bucket;
                rows = 0;
            }
            rows += rowsPerBucket.get(bucket);
        }
        plan.add(new PlannedFile(first, rowsPerBucket.size() - 1, rows));
        return new FilePlan(plan);
    }

    /** The index of the file of each bucket. */
    public int[] fileOfBucket() {
        int[] fileOf = new int[files.get(files.size() - 1).lastBucket() + 1];
        for (int file = 0; file < files.size(); file++) {
            for (int bucket = files.get(file).firstBucket();
                    bucket <= files.get(file).lastBucket();
                    bucket++) {
                fileOf[bucket] = file;
            }
        }
        return fileOf;
    }

    /** The least number of rows that lets the buckets, in order, fit into that many files. */
    private static long smallestLargestFile(List<Long> rowsPerBucket, int files) {
        long low = rowsPerBucket.stream().mapToLong(Long::longValue).max().orElse(0);
        long high = rowsPerBucket.stream().mapToLong(Long::longValue).sum();
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (filesNeeded(rowsPerBucket, middle) <= files) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static int filesNeeded(List<Long> rowsPerBucket, long largest) {
        int files = 1;
        long rows = 0;
        for (long bucket : rowsPerBucket) {
            if (rows + bucket > largest) {
                files++;
                rows = 0;
            }
            rows += bucket;
        }
        return files;
    }
}
