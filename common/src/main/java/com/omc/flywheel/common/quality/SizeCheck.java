package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.quality.MonitorOptions.SmallFiles;
import com.omc.flywheel.common.storage.DataSize;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Whether a table has as many files as fit its size. Files that are small because there must be one for each bucket are
 * none too many.
 */
final class SizeCheck {
    private final SmallFiles limits;
    private final NextCommands next;

    SizeCheck(SmallFiles limits, NextCommands next) {
        this.limits = limits;
        this.next = next;
    }

    /**
     * What was found.
     *
     * @param median of the sizes; 0 without files
     * @param small how many are smaller than the limit
     * @param smallPercent how many of a hundred are
     */
    record FileSizes(int files, long bytes, long median, long small, double smallPercent, boolean fit) {}

    /**
     * Checks a table's newest snapshot.
     *
     * @param sizes of the files that readers find
     * @param buckets how many files there must be at least, since none may hold rows of two of these; 1 where one may
     */
    FileSizes check(ObservedTable table, List<Long> sizes, int buckets, Alerts alerts) {
        long[] sorted = sizes.stream().mapToLong(Long::longValue).sorted().toArray();
        long bytes = LongStream.of(sorted).sum();
        long limit = limits.limit().bytes();
        long small = LongStream.of(sorted).filter(size -> size < limit).count();
        double percent = Percent.of(small, sorted.length);
        long enough = Math.max(buckets, (bytes + limit - 1) / limit);
        boolean fit = bytes <= limit || percent <= limits.share().value().doubleValue() || sorted.length <= enough;
        if (!fit) {
            alerts.warning(
                    MonitorCheck.SIZES,
                    "%d of its %d files (%.0f %%) are smaller than %s, and its %s would fit into %d"
                            .formatted(small, sorted.length, percent, limits.limit(), DataSize.format(bytes), enough),
                    table.source().isPresent()
                                    && table.entry().isPresent()
                                    && !table.family().hasVersions()
                            ? next.writeAgain(
                                            table.source().get(), table.entry().get())
                                    + " and a larger --TARGET_FILE_MB"
                            : next.copyAgain(table));
        }
        return new FileSizes(sorted.length, bytes, median(sorted), small, percent, fit);
    }

    private static long median(long[] sorted) {
        if (sorted.length == 0) {
            return 0;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
