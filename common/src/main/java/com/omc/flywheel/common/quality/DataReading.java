package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.parquet.FooterReader;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** What is read of the files of tables: their footers, and of their rows the keys alone. */
interface DataReading {
    /** By the footers of all of these files. */
    TableContents contents(List<FileSize> files);

    /** By the keys in the files, for one thread. */
    TableKeys keys(String table, TableContents contents);

    /** The keys that two tables share, for one thread. */
    KeyOverlap overlap(TableKeys left, TableKeys right);

    /**
     * Reads Parquet.
     *
     * @param spark starts when the first keys are asked for
     * @param atATime how many footers of one table at a time
     */
    static DataReading ofParquet(FooterReader footers, Supplier<SparkSession> spark, String key, int atATime) {
        return new DataReading() {
            private final ContentsReader contents = new ContentsReader(footers, atATime);
            private KeyScan scan;

            @Override
            public TableContents contents(List<FileSize> files) {
                return contents.read(files);
            }

            @Override
            public TableKeys keys(String table, TableContents of) {
                return scan().scan(table, of);
            }

            @Override
            public KeyOverlap overlap(TableKeys left, TableKeys right) {
                return scan().overlap(left, right);
            }

            private KeyScan scan() {
                if (scan == null) {
                    scan = new KeyScan(spark.get(), key);
                }
                return scan;
            }
        };
    }
}
