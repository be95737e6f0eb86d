package com.omc.flywheel.common.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.omc.flywheel.common.bucketing.KeyType;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.failure.Names;
import com.omc.flywheel.common.quality.TableContents.FileRows;
import com.omc.flywheel.common.quality.TableContents.UnreadFile;
import com.omc.flywheel.common.storage.HadoopFailures;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts the keys of tables with Spark, which reads the key column alone. Where files or folders say that a key belongs is
 * not trusted: equal keys are found wherever they lie.
 *
 * <p>What it costs: every table is read once, and nothing of it is shuffled, for its rows, its missing keys and its
 * {@link KeyFingerprint}. Tables of equal fingerprints have equally many different keys, so these are counted once for all
 * of them: a shuffle of two hashes, 16 bytes, for each different key of a task, whatever the length of the key. All tables
 * of a data set come from one snapshot and have the same keys, so that is one shuffle for each data set and not for each
 * table. 100 million keys are 1.6 GB in all shuffle files together; Spark's aggregation spills to disk where memory is
 * short, and the driver gets a single row.
 *
 * <p>Different keys are told by 128 bits of hash: among 100 million keys two are taken for one with a probability of about
 * 10^-23.
 *
 * <p>For one thread: Spark already spreads one table over all its cores.
 */
public final class KeyScan {
    // Names that no column of a table can have: ColumnName knows no hyphen.
    private static final String FIRST_HASH = "first-hash";
    private static final String SECOND_HASH = "second-hash";
    private static final String IN_LEFT = "in-left";
    private static final String IN_RIGHT = "in-right";
    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final int HALF = 32;
    /** What the second hash begins with. */
    private static final String SALT = "second hash";
    // Spark's words for whatever goes wrong while it decodes a file.
    private static final String WHILE_READING = "Encountered error while reading file";
    private static final String PATH_NOT_FOUND = "PATH_NOT_FOUND";

    private final SparkSession spark;
    private final String key;
    private final Map<KeyFingerprint, Long> distinctKeys = new HashMap<>();
    private final Map<List<KeyFingerprint>, KeyOverlap> overlaps = new HashMap<>();

    /**
     * A scan.
     *
     * @param keyColumn the name of the key in every table, in any case
     */
    public KeyScan(SparkSession spark, String keyColumn) {
        this.spark = spark;
        this.key = keyColumn.toLowerCase(Locale.ROOT);
    }

    /**
     * Counts the keys of a table.
     *
     * @param table its name, for messages
     * @param contents its files, as their footers tell them
     * @throws JobFailure when there is no file or not every footer was read; BAD_DATA when a file lacks the key, when the
     *     files do not have it in one type or in one that no key may have, or when a file cannot be decoded; CONFLICT when
     *     what is read is not what the footers tell
     */
    public TableKeys scan(String table, TableContents contents) {
        KeyType type = requireKey(table, contents);
        List<S3Uri> files = contents.read().stream().map(FileRows::file).toList();
        Row counts = doing("reading the keys of table " + table, () -> keys(files, type)
                .agg(
                        count(lit(1)),
                        count(keyOf()),
                        sum(ofKeys(lowHalf(firstHash()))),
                        sum(ofKeys(highHalf(firstHash()))),
                        sum(ofKeys(lowHalf(secondHash()))),
                        sum(ofKeys(highHalf(secondHash()))))
                .head());
        long rows = counts.getLong(0);
        long withKey = counts.getLong(1);
        requireAsTold(table, contents, rows, rows - withKey);
        List<Long> sums = new ArrayList<>();
        for (int i = 2; i < counts.length(); i++) {
            sums.add(counts.isNullAt(i) ? 0L : counts.getLong(i));
        }
        KeyFingerprint fingerprint = new KeyFingerprint(type, withKey, sums);
        Long known = distinctKeys.get(fingerprint);
        if (known == null) {
            known = withKey == 0
                    ? 0L
                    : doing(
                            "counting the different keys of table " + table,
                            () -> hashes(files, type).distinct().count());
            distinctKeys.put(fingerprint, known);
        }
        return new TableKeys(table, files, rows, rows - withKey, known, fingerprint);
    }

    /**
     * How many different keys two tables share. Tables of equal fingerprints share all, and nothing is read for them or
     * for tables like two that were compared before; for others the hashes of both are shuffled once.
     *
     * @throws JobFailure BAD_DATA when the keys are of two types, of which no key equals one of the other; otherwise as
     *     {@link #scan}
     */
    public KeyOverlap overlap(TableKeys left, TableKeys right) {
        KeyType type = left.fingerprint().type();
        if (type != right.fingerprint().type()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "the keys of tables %s and %s cannot be compared: %s is %s in the one and %s in the other; write one of them again with the other's type"
                            .formatted(
                                    left.table(),
                                    right.table(),
                                    key,
                                    type,
                                    right.fingerprint().type()));
        }
        if (left.fingerprint().equals(right.fingerprint())) {
            return new KeyOverlap(left.distinctKeys(), right.distinctKeys(), left.distinctKeys());
        }
        List<KeyFingerprint> pair = List.of(left.fingerprint(), right.fingerprint());
        KeyOverlap known = overlaps.get(pair);
        if (known == null) {
            known = doing(
                    "comparing the keys of tables %s and %s".formatted(left.table(), right.table()),
                    () -> shared(left.files(), right.files(), type));
            overlaps.put(pair, known);
        }
        return known;
    }

    private KeyOverlap shared(List<S3Uri> left, List<S3Uri> right, KeyType type) {
        Column inLeft = col(quoted(IN_LEFT));
        Column inRight = col(quoted(IN_RIGHT));
        Row counts = hashes(left, type)
                .select(col(quoted(FIRST_HASH)), col(quoted(SECOND_HASH)), lit(1L).as(IN_LEFT), lit(0L).as(IN_RIGHT))
                .union(hashes(right, type)
                        .select(
                                col(quoted(FIRST_HASH)),
                                col(quoted(SECOND_HASH)),
                                lit(0L).as(IN_LEFT),
                                lit(1L).as(IN_RIGHT)))
                .groupBy(col(quoted(FIRST_HASH)), col(quoted(SECOND_HASH)))
                .agg(max(inLeft).as(IN_LEFT), max(inRight).as(IN_RIGHT))
                .agg(sum(inLeft), sum(inRight), sum(inLeft.multiply(inRight)))
                .head();
        return counts.isNullAt(0)
                ? new KeyOverlap(0, 0, 0)
                : new KeyOverlap(counts.getLong(0), counts.getLong(1), counts.getLong(2));
    }

    private KeyType requireKey(String table, TableContents contents) {
        if (!contents.isComplete()) {
            UnreadFile first = contents.unread().get(0);
            throw new JobFailure(
                    first.kind(),
                    "the keys of table %s are not counted, since %d of its %d files cannot be read: %s"
                            .formatted(table, contents.unread().size(), contents.files(), first.problem()));
        }
        if (contents.read().isEmpty()) {
            throw new JobFailure(
                    FailureKind.MISSING_INPUT,
                    "the keys of table %s are not counted, since it has no files; run what fills it".formatted(table));
        }
        TableContents.Column column = contents.columns().get(key);
        int without = column == null ? contents.files() : column.filesWithout();
        if (without > 0) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "the keys of table %s are not counted, since %d of its %d files have no column %s; write them again"
                            .formatted(table, without, contents.files(), key));
        }
        return KeyType.of(column.types().first())
                .filter(type -> column.types().size() == 1)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_DATA,
                        "the keys of table %s are not counted, since %s is %s in its files and must be one of %s in all of them; write them again"
                                .formatted(
                                        table,
                                        key,
                                        Names.list(column.types()),
                                        Names.list(List.of(KeyType.values()).stream()
                                                .map(KeyType::toString)
                                                .toList()))));
    }

    /** Readers that pass over files or columns do so in silence. */
    private void requireAsTold(String table, TableContents contents, long rows, long nullKeys) {
        OptionalLong nullsTold = contents.nulls(key).nulls();
        if (rows != contents.rows() || nullsTold.orElse(nullKeys) != nullKeys) {
            throw new JobFailure(
                    FailureKind.CONFLICT,
                    "table %s: its footers tell %,d rows and %s without a key, reading it gave %,d and %,d; it changed meanwhile, or spark.sql.caseSensitive or a setting to ignore files is in the job's --conf: run the report again"
                            .formatted(
                                    table,
                                    contents.rows(),
                                    nullsTold.isPresent() ? "%,d".formatted(nullsTold.getAsLong()) : "no number",
                                    rows,
                                    nullKeys));
        }
    }

    private Dataset<Row> keys(List<S3Uri> files, KeyType type) {
        return spark.read()
                .schema(new StructType().add(key, sparkType(type), true))
                .option("ignoreCorruptFiles", "false")
                .option("ignoreMissingFiles", "false")
                .parquet(files.stream().map(S3Uri::toHadoop).toArray(String[]::new));
    }

    /** Two hashes for every row with a key. */
    private Dataset<Row> hashes(List<S3Uri> files, KeyType type) {
        return keys(files, type)
                .where(keyOf().isNotNull())
                .select(firstHash().as(FIRST_HASH), secondHash().as(SECOND_HASH));
    }

    private Column keyOf() {
        return col(quoted(key));
    }

    private Column firstHash() {
        return xxhash64(keyOf());
    }

    /** The salt comes first, so that keys whose first hashes collide have different second ones. */
    private Column secondHash() {
        return xxhash64(lit(SALT), keyOf());
    }

    private Column ofKeys(Column half) {
        return when(keyOf().isNotNull(), half);
    }

    /** Halves, since sums of 32 bits stay below 2^63 for two thousand million rows, whatever Spark does on an overflow. */
    private static Column lowHalf(Column hash) {
        return hash.bitwiseAND(LOW_HALF);
    }

    private static Column highHalf(Column hash) {
        return shiftrightunsigned(hash, HALF);
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }

    private static DataType sparkType(KeyType type) {
        return switch (type) {
            case STRING -> DataTypes.StringType;
            case BIGINT -> DataTypes.LongType;
            case INT -> DataTypes.IntegerType;
            case DATE -> DataTypes.DateType;
        };
    }

    private <T> T doing(String what, Supplier<T> work) {
        spark.sparkContext().setJobDescription(what);
        try {
            return work.get();
        } catch (Exception e) {
            // Spark throws checked exceptions that its Scala signatures do not declare.
            throw failure(what, e);
        }
    }

    private static JobFailure failure(String doing, Exception error) {
        List<Throwable> chain = HadoopFailures.chain(error);
        for (Throwable cause : chain) {
            if (cause instanceof AnalysisException analysis && PATH_NOT_FOUND.equals(analysis.getErrorClass())) {
                return new JobFailure(
                        FailureKind.CONFLICT,
                        "%s: a file went away while the job ran (%s); run the report again when nothing else writes there"
                                .formatted(doing, HadoopFailures.firstLine(analysis)),
                        error);
            }
        }
        return HadoopFailures.ofStorage(doing, error).orElseGet(() -> {
            String innermost = HadoopFailures.firstLine(chain.get(chain.size() - 1));
            return chain.stream()
                    .map(HadoopFailures::firstLine)
                    .filter(said -> said.contains(WHILE_READING))
                    .findFirst()
                    .map(said -> new JobFailure(
                            FailureKind.BAD_DATA,
                            "%s failed by what it reads: %s (%s); write that file again"
                                    .formatted(doing, said, innermost),
                            error))
                    .orElseGet(() -> new JobFailure(
                            FailureKind.ENVIRONMENT,
                            "%s failed: %s; see the stack trace for what the platform lacked"
                                    .formatted(doing, innermost),
                            error));
        });
    }
}
