package com.omc.flywheel.common.sizing;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.omc.flywheel.common.bucketing.HiveBucket;
import com.omc.flywheel.common.sizing.FilePlan.PlannedFile;
import com.omc.flywheel.common.storage.DataSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FilePlanTest {
    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "100,1", "101,2", "2400,24", "25600,256", "25601,256"})
    void hasAsManyFilesAsTheTargetAsksForAtLeastOneAndAtMostOneForEachBucket(long bytes, int files) {
        assertThat(FilePlan.filesFor(bytes, new DataSize(100), 256)).isEqualTo(files);
    }

    @Test
    void hasOneFileForEachBucketForATableLargerThanAnyTarget() {
        assertThat(FilePlan.filesFor(Long.MAX_VALUE, new DataSize(100), 256)).isEqualTo(256);
    }

    @Test
    void hasOneFileForATargetLargerThanAnyTable() {
        assertThat(FilePlan.filesFor(1000, new DataSize(Long.MAX_VALUE), 256)).isEqualTo(1);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void putsEveryBucketIntoExactlyOneFileInOrder(long seed) {
        Random random = new Random(seed);
        List<Long> rows = rows(random, 1 + random.nextInt(300), 1000);
        FilePlan plan = FilePlan.pack(rows, 1_000_000, new DataSize(1 + random.nextInt(200_000)));

        int next = 0;
        for (PlannedFile file : plan.files()) {
            assertThat(file.firstBucket()).isEqualTo(next);
            assertThat(file.lastBucket()).isGreaterThanOrEqualTo(file.firstBucket());
            assertThat(file.rows()).isEqualTo(sum(rows.subList(file.firstBucket(), file.lastBucket() + 1)));
            next = file.lastBucket() + 1;
        }
        assertThat(next).isEqualTo(rows.size());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hasNoMoreFilesThanAskedForAndNoneWithoutRowsBesideOthers(long seed) {
        Random random = new Random(seed);
        List<Long> rows = rows(random, 256, 50);
        int filled = (int) rows.stream().filter(inBucket -> inBucket > 0).count();
        DataSize target = new DataSize(1 + random.nextInt(100_000));

        FilePlan plan = FilePlan.pack(rows, 1_000_000, target);

        assertThat(plan.files()).hasSizeBetween(1, FilePlan.filesFor(1_000_000, target, filled));
        assertThat(plan.files()).allMatch(file -> file.rows() > 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hasTheSmallestLargestFileOfAllWaysToCut(long seed) {
        Random random = new Random(seed);
        List<Long> rows = rows(random, 1 + random.nextInt(11), 20);
        int filled =
                (int) Math.max(1, rows.stream().filter(inBucket -> inBucket > 0).count());
        int files = 1 + random.nextInt(filled);

        FilePlan plan = FilePlan.pack(rows, files * 100L, new DataSize(100));

        assertThat(largest(plan)).isEqualTo(smallestLargestOfAllCuts(rows, files));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesTheFileOfEachBucket(long seed) {
        List<Long> rows = rows(new Random(seed), 64, 30);
        FilePlan plan = FilePlan.pack(rows, 1000, new DataSize(1 + seed));

        int[] fileOfBucket = plan.fileOfBucket();

        assertThat(fileOfBucket).hasSize(64);
        for (int bucket = 0; bucket < 64; bucket++) {
            PlannedFile file = plan.files().get(fileOfBucket[bucket]);
            assertThat(bucket).isBetween(file.firstBucket(), file.lastBucket());
        }
    }

    @Test
    void evensOutTheSkewOfSequentialKeys() {
        Long[] counts = nCopies(256, 0L).toArray(Long[]::new);
        IntStream.range(0, 200_000)
                .forEach(key -> counts[
                        HiveBucket.of(
                                HiveBucket.hash("cust-%d".formatted(key).getBytes(StandardCharsets.UTF_8)), 256)]++);
        List<Long> rows = List.of(counts);
        LongSummaryStatistics buckets = rows.stream().mapToLong(Long::longValue).summaryStatistics();
        assertThat(buckets.getMax() / buckets.getAverage())
                .as("the skew of the buckets")
                .isCloseTo(1.9, within(0.05));

        FilePlan plan = FilePlan.pack(rows, 24_000, new DataSize(1000));

        LongSummaryStatistics files =
                plan.files().stream().mapToLong(PlannedFile::rows).summaryStatistics();
        assertThat(plan.files()).hasSize(24);
        assertThat(files.getMax() / files.getAverage())
                .as("the skew of the files")
                .isLessThan(1.2);
    }

    @Test
    void givesEachBucketAFileOfItsOwnForATinyTarget() {
        FilePlan plan = FilePlan.pack(nCopies(256, 7L), 1_000_000, new DataSize(1));

        assertThat(plan.files()).hasSize(256).allMatch(file -> file.firstBucket() == file.lastBucket());
    }

    @Test
    void putsEmptyBucketsIntoTheFilesOfTheirNeighbours() {
        FilePlan plan = FilePlan.pack(List.of(0L, 0L, 5L, 0L, 5L, 0L), 1000, new DataSize(1));

        assertThat(plan.files()).containsExactly(new PlannedFile(0, 3, 5), new PlannedFile(4, 5, 5));
    }

    @Test
    void hasOneFileForOneBucketAndForOneFilledBucket() {
        assertThat(FilePlan.pack(List.of(9L), 1000, new DataSize(1)).files()).containsExactly(new PlannedFile(0, 0, 9));
        assertThat(FilePlan.pack(List.of(0L, 9L, 0L), 1000, new DataSize(1)).files())
                .containsExactly(new PlannedFile(0, 2, 9));
    }

    @Test
    void hasOneFileForATableWithoutRows() {
        assertThat(FilePlan.pack(List.of(0L, 0L), 1000, new DataSize(1)).files())
                .containsExactly(new PlannedFile(0, 1, 0));
    }

    private static List<Long> rows(Random random, int buckets, int bound) {
        List<Long> rows = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            rows.add(random.nextInt(4) == 0 ? 0L : random.nextInt(bound));
        }
        // One row at least, so that the shares of rows and bytes mean something.
        rows.set(random.nextInt(buckets), 1L + random.nextInt(bound));
        return Collections.unmodifiableList(rows);
    }

    private static long largest(FilePlan plan) {
        return plan.files().stream().mapToLong(PlannedFile::rows).max().orElseThrow();
    }

    /** Tries each set of places to cut at: bit i stands for a cut behind bucket i. */
    private static long smallestLargestOfAllCuts(List<Long> rows, int files) {
        long best = sum(rows);
        for (int cuts = 0; cuts < 1 << (rows.size() - 1); cuts++) {
            if (Integer.bitCount(cuts) < files) {
                best = Math.min(best, largestOf(rows, cuts));
            }
        }
        return best;
    }

    private static long largestOf(List<Long> rows, int cuts) {
        long largest = 0;
        long inFile = 0;
        for (int bucket = 0; bucket < rows.size(); bucket++) {
            inFile += rows.get(bucket);
            largest = Math.max(largest, inFile);
            if ((cuts >> bucket & 1) == 1) {
                inFile = 0;
            }
        }
        return largest;
    }

    private static long sum(List<Long> rows) {
        return rows.stream().mapToLong(Long::longValue).sum();
    }
}
