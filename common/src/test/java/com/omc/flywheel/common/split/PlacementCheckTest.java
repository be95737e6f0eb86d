package com.omc.flywheel.common.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.bucketing.Numbering;
import com.omc.flywheel.common.sizing.FilePlan.PlannedFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are ints, whose hash is the number itself: of 16 buckets, 35 is in bucket 3. */
class PlacementCheckTest {
    private static final int BUCKETS = 16;
    private static final String MOTIVE =
            "; nothing is published. Spark's hash or shuffle does not do what Spark 3.5.6 does: report this with the platform's version";

    private final PlacementCheck check = fileOf(2, 4, 6);

    @Test
    void acceptsBucketsAndInThemKeysInOrder() {
        accept(2, 2, 18, 3, 4, 20);

        assertThat(check.finish()).isEqualTo(6);
    }

    @Test
    void acceptsAFileWithoutSomeOfItsBuckets() {
        PlacementCheck sparse = fileOf(2, 9, 2);

        sparse.accept(row(4));
        sparse.accept(row(8));

        assertThat(sparse.finish()).isEqualTo(2);
    }

    @Test
    void acceptsRowsWithoutAKeyFirstInBucketZero() {
        PlacementCheck first = fileOf(0, 1, 4);

        first.accept(row(null));
        first.accept(row(null));
        first.accept(row(0));
        first.accept(row(1));

        assertThat(first.finish()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 15, -1})
    void refusesARowOfABucketThatIsInAnotherFile(int key) {
        assertThatThrownBy(() -> check.accept(row(key)))
                .isInstanceOf(MisplacedRowException.class)
                .hasMessage("the file of buckets 2 to 4 got a row of bucket %d%s", key & 15, MOTIVE);
    }

    @Test
    void refusesABucketAfterALaterOne() {
        accept(2, 3);

        assertThatThrownBy(() -> check.accept(row(18)))
                .isInstanceOf(MisplacedRowException.class)
                .hasMessage("the file of buckets 2 to 4 got rows out of order in bucket 2%s", MOTIVE);
    }

    @Test
    void refusesAKeyAfterALargerOneOfItsBucket() {
        accept(18);

        assertThatThrownBy(() -> check.accept(row(2)))
                .isInstanceOf(MisplacedRowException.class)
                .hasMessageContaining("got rows out of order in bucket 2;");
    }

    @Test
    void refusesARowWithoutAKeyAfterOneThatHasOne() {
        PlacementCheck first = fileOf(0, 1, 2);
        first.accept(row(0));

        assertThatThrownBy(() -> first.accept(row(null)))
                .isInstanceOf(MisplacedRowException.class)
                .hasMessageContaining("got rows out of order in bucket 0;");
    }

    @Test
    void refusesMissingRows() {
        accept(2, 3, 3, 3, 4);

        assertThatThrownBy(check::finish)
                .isInstanceOf(MisplacedRowException.class)
                .hasMessage("the file of buckets 2 to 4 got 5 rows instead of 6%s", MOTIVE);
    }

    @Test
    void refusesTooManyRows() {
        accept(2, 2, 2, 2, 2, 2, 2);

        assertThatThrownBy(check::finish)
                .isInstanceOf(MisplacedRowException.class)
                .hasMessageContaining("got 7 rows instead of 6;");
    }

    @Test
    void acceptsAnEmptyFile() {
        assertThatCode(() -> fileOf(0, 15, 0).finish()).doesNotThrowAnyException();
    }

    @Test
    void namesNoKey() {
        assertThatThrownBy(() -> check.accept(row(4711)))
                .isInstanceOf(MisplacedRowException.class)
                .hasMessageContaining("a row of bucket 7")
                .hasMessageNotContaining("4711");
    }

    private void accept(int... keys) {
        for (int key : keys) {
            check.accept(row(key));
        }
    }

    private static PlacementCheck fileOf(int firstBucket, int lastBucket, long rows) {
        return new PlacementCheck(
                new KeyReader(KeyType.INT, Numbering.HIVE_BUCKET),
                BUCKETS,
                new PlannedFile(firstBucket, lastBucket, rows));
    }

    private static InternalRow row(Integer key) {
        return new GenericInternalRow(new Object[] {key});
    }
}
