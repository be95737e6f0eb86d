package com.omc.flywheel.common.quality;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.quality.TableContents.FileRows;
import com.omc.flywheel.common.quality.TableContents.UnreadFile;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.testdata.GeneratorOptions;
import com.omc.flywheel.testdata.SnapshotGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsReaderTest {
    private static final Type KEY = Types.optional(BINARY).as(stringType()).named("Customer_User_id");
    private static final Type AGE = Types.optional(INT32).named("age");
    // parquet-java leaves the statistics of a chunk out above 4,096 bytes.
    private static final String LONG_TEXT = "x".repeat(5_000);

    @TempDir
    private Path machine;

    private ParquetLake lake;

    @BeforeEach
    void serveTheFolder() {
        lake = new ParquetLake(machine);
    }

    @Test
    void addsUpRowsBytesAndNullsOfAllFiles() throws IOException {
        FileSize first = lake.write("t/a.parquet", List.of(KEY, AGE), row("a", 1), row("b", null), row(null, null));
        FileSize second = lake.write("t/b.parquet", List.of(KEY, AGE), row("c", null), row("d", 4));

        TableContents contents = lake.contents(List.of(second, first));

        assertThat(contents.read()).containsExactly(new FileRows(second, 2), new FileRows(first, 3));
        assertThat(contents.isComplete()).isTrue();
        assertThat(contents.rows()).isEqualTo(5);
        assertThat(contents.bytes()).isEqualTo(first.bytes() + second.bytes()).isPositive();
        assertThat(contents.columns()).containsOnlyKeys("customer_user_id", "age");
        assertThat(contents.nulls("customer_user_id")).isEqualTo(nulls(1, 5));
        assertThat(contents.nulls("age")).isEqualTo(nulls(3, 5));
    }

    @Test
    void countsTheRowsOfAFileWithoutTheColumnAsNulls() throws IOException {
        FileSize with = lake.write("t/a.parquet", List.of(KEY, AGE), row("a", 1), row("b", null));
        FileSize without = lake.write("t/b.parquet", List.of(KEY), key("c"), key("d"), key("e"));

        TableContents contents = lake.contents(List.of(with, without));

        assertThat(contents.nulls("age")).isEqualTo(nulls(4, 5));
        assertThat(contents.columns().get("age").filesWithout()).isEqualTo(1);
        assertThat(contents.columns().get("customer_user_id").filesWithout()).isZero();
        assertThat(contents.nulls("in_no_file")).isEqualTo(nulls(5, 5));
    }

    @Test
    void doesNotGuessTheNullsOfAColumnThatOneFileSaysNothingOf() throws IOException {
        FileSize telling = lake.write("t/a.parquet", List.of(KEY, AGE), row("a", 1), row(null, 2));
        FileSize silent = lake.write("t/b.parquet", List.of(KEY, AGE), row(LONG_TEXT, 3), row(null, 4));

        TableContents contents = lake.contents(List.of(telling, silent));

        assertThat(contents.nulls("customer_user_id")).isEqualTo(new NullCount(4, OptionalLong.empty()));
        assertThat(contents.nulls("customer_user_id").percent()).isEmpty();
        assertThat(contents.nulls("age")).isEqualTo(nulls(0, 4));
    }

    @Test
    void knowsThatARequiredColumnHasNoNullsWhateverTheFileTells() throws IOException {
        Type required = Types.required(BINARY).as(stringType()).named("id");
        FileSize file = lake.write("t/a.parquet", List.of(required), row -> row.add("id", LONG_TEXT));

        assertThat(lake.contents(List.of(file)).nulls("id")).isEqualTo(nulls(0, 1));
    }

    @Test
    void doesNotTellTheNullsOfColumnsThatReadersCannotTellApartOrThatAreNested() throws IOException {
        FileSize file = lake.write(
                "t/a.parquet",
                List.of(
                        Types.optional(INT32).named("Age"),
                        Types.optional(INT32).named("AGE"),
                        Types.repeated(INT32).named("many"),
                        Types.optionalGroup().optional(INT32).named("inner").named("outer")),
                row -> row.add("Age", 1));

        TableContents contents = lake.contents(List.of(file));

        assertThat(contents.columns()).containsOnlyKeys("age", "many", "outer");
        assertThat(contents.columns().values())
                .allSatisfy(column -> assertThat(column.nulls().nulls()).isEmpty());
    }

    @Test
    void namesTheTypesThatFilesDisagreeOn() throws IOException {
        FileSize narrow = lake.write("t/a.parquet", List.of(AGE), row -> row.add("age", 1));
        FileSize wide =
                lake.write("t/b.parquet", List.of(Types.optional(INT64).named("AGE")), row -> row.add("AGE", 1L));

        assertThat(lake.contents(List.of(narrow, wide)).columns().get("age").types())
                .containsExactly("bigint", "int");
    }

    @Test
    void listsEveryFileThatCannotBeReadAndCountsTheOthers() throws IOException {
        FileSize sound = lake.write("t/a.parquet", List.of(KEY, AGE), row("a", 1));
        FileSize damaged = lake.damage("t/b.parquet", "no Parquet at all".getBytes(StandardCharsets.UTF_8));
        FileSize gone = new FileSize(lake.at("t/c.parquet"), 7);

        TableContents contents = lake.contents(List.of(gone, sound, damaged));

        assertThat(contents.isComplete()).isFalse();
        assertThat(contents.unread())
                .extracting(UnreadFile::size, UnreadFile::kind)
                .containsExactly(tuple(gone, FailureKind.CONFLICT), tuple(damaged, FailureKind.BAD_DATA));
        assertThat(contents.unread().get(0).problem()).contains("s3://lake/t/c.parquet: something went away");
        assertThat(contents.unread().get(1).problem()).contains("file s3://lake/t/b.parquet is not readable Parquet");
        assertThat(contents.rows()).isEqualTo(1);
        assertThat(contents.files()).isEqualTo(3);
        assertThat(contents.bytes()).isEqualTo(sound.bytes() + damaged.bytes() + 7);
        assertThat(contents.nulls("age")).isEqualTo(nulls(0, 1));
    }

    @Test
    void hasNothingToTellOfATableWithoutFiles() {
        TableContents contents = lake.contents(List.of());

        assertThat(contents).isEqualTo(new TableContents(List.of(), List.of(), Map.of()));
        assertThat(contents.isComplete()).isTrue();
        assertThat(contents.nulls("any").percent()).isEmpty();
        assertThat(contents.nulls("any").isEntirelyNull()).isFalse();
    }

    /** Every column of a wide snapshot: what statistics tell is what a reader of all the rows counts. */
    @Test
    void tellsWhatReadingEveryRowTells() throws IOException {
        new SnapshotGenerator(GeneratorOptions.defaults()
                        .withRows(12)
                        .withSnapshots(LocalDate.of(2025, 11, 1))
                        .withFiles(2)
                        .withRowGroupsPerFile(2))
                .writeTo(lake.path("in"));
        List<FileSize> files = lake.list("in/infobase_attributes");

        TableContents contents = lake.contents(files);

        Map<String, Long> counted = new TreeMap<>();
        for (FileSize file : files) {
            countNulls(file.file(), counted);
        }
        Map<String, Long> told = new TreeMap<>();
        contents.columns()
                .forEach((name, column) -> told.put(name, column.nulls().nulls().orElseThrow()));
        assertThat(contents.rows()).isEqualTo(12);
        assertThat(told).hasSizeGreaterThan(1_000).isEqualTo(counted);
        assertThat(told.values()).anyMatch(nulls -> nulls > 0).anyMatch(nulls -> nulls == 0);
    }

    private void countNulls(S3Uri file, Map<String, Long> counted) throws IOException {
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toHadoop()))
                .withConf(lake.hadoop())
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                for (Type column : row.getType().getFields()) {
                    boolean isNull = row.getFieldRepetitionCount(column.getName()) == 0;
                    counted.merge(column.getName().toLowerCase(Locale.ROOT), isNull ? 1L : 0L, Long::sum);
                }
            }
        }
    }

    private static Consumer<Group> row(String key, Integer age) {
        return group -> {
            if (key != null) {
                group.add("Customer_User_id", key);
            }
            if (age != null) {
                group.add("age", age);
            }
        };
    }

    private static Consumer<Group> key(String key) {
        return row(key, null);
    }

    private static NullCount nulls(long nulls, long rows) {
        return new NullCount(rows, OptionalLong.of(nulls));
    }
}
