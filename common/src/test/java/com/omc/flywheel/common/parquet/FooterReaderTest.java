package com.omc.flywheel.common.parquet;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.columns.ColumnName;
import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.snapshot.SnapshotFolder;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bucket is a folder of the machine: {@link FolderAsS3}. */
class FooterReaderTest {
    private static final S3Uri FOLDER = S3Uri.parse("s3://lake/in/snapshot_dt=2025-11-01/");
    private static final Instant WRITTEN = Instant.parse("2025-11-02T06:00:00Z");
    private static final MessageType SCHEMA =
            schema(text("Customer_User_id"), Types.optional(INT32).named("IBE1802"));

    @TempDir
    private Path machine;

    private Configuration hadoop;
    private final List<StoredObject> files = new ArrayList<>();

    @BeforeEach
    void serveTheFolder() {
        hadoop = FolderAsS3.configuration(machine);
    }

    @Test
    void describesColumnsRowsAndCompressedBytesOfAllFiles() throws IOException {
        write("a.parquet", SCHEMA, 100);
        write("b.parquet", SCHEMA, 20);

        SourceTable source = describe();

        assertThat(source.rows()).isEqualTo(120);
        assertThat(source.schema()).isEqualTo(SCHEMA);
        assertThat(source.columns().all())
                .containsExactly(
                        new SourceColumn(
                                ColumnName.parse("customer_user_id"),
                                "Customer_User_id",
                                "string",
                                compressed("a.parquet", 0) + compressed("b.parquet", 0)),
                        new SourceColumn(
                                ColumnName.parse("ibe1802"),
                                "IBE1802",
                                "int",
                                compressed("a.parquet", 1) + compressed("b.parquet", 1)));
    }

    @Test
    void takesFilesWhoseColumnsStandInAnotherOrderOrCase() throws IOException {
        write("a.parquet", SCHEMA, 1);
        write("b.parquet", schema(Types.required(INT32).named("ibe1802"), text("CUSTOMER_USER_ID")), 2);

        assertThat(describe().rows()).isEqualTo(3);
    }

    @Test
    void passesOverAFileWithoutRowsBesideOthers() throws IOException {
        write("a.parquet", SCHEMA, 0);
        write("b.parquet", SCHEMA, 2);

        assertThat(describe().rows()).isEqualTo(2);
    }

    @Test
    void refusesASnapshotWithoutRows() throws IOException {
        write("a.parquet", SCHEMA, 0);
        write("b.parquet", SCHEMA, 0);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessage(
                        """
                        BAD_DATA: snapshot s3://lake/in/snapshot_dt=2025-11-01/ cannot be read as one table; mend it at the producer:
                          - its 2 files hold no rows""");
    }

    @Test
    void namesEveryFileThatDisagreesAndEveryColumn() throws IOException {
        write("a.parquet", SCHEMA, 1);
        write("b.parquet", schema(text("Customer_User_id")), 1);
        write(
                "c.parquet",
                schema(text("Customer_User_id"), Types.optional(INT64).named("IBE1802"), text("extra")),
                1);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageEndingWith(
                        """
                        mend it at the producer:
                          - file b.parquet lacks columns that other files have: ibe1802
                          - file c.parquet has columns that other files lack: extra
                          - file c.parquet has columns of another type: ibe1802 is bigint, elsewhere int""");
    }

    @Test
    void namesTheOddFileEvenWhenItIsTheFirst() throws IOException {
        write("a.parquet", schema(text("Customer_User_id"), text("extra")), 1);
        write("b.parquet", SCHEMA, 1);
        write("c.parquet", schema(Types.required(INT32).named("ibe1802"), text("CUSTOMER_USER_ID")), 1);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageEndingWith(
                        """
                        mend it at the producer:
                          - file a.parquet lacks columns that other files have: ibe1802
                          - file a.parquet has columns that other files lack: extra""");
    }

    @Test
    void namesTwentyDifferencesAndHowManyMoreThereAre() throws IOException {
        for (int i = 10; i < 33; i++) {
            write("a" + i + ".parquet", schema(text("Customer_User_id")), 1);
        }
        for (int i = 10; i < 34; i++) {
            write("b" + i + ".parquet", SCHEMA, 1);
        }

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageContaining("file a29.parquet lacks columns that other files have: ibe1802\n")
                .hasMessageNotContaining("a30.parquet")
                .hasMessageEndingWith("\n  - and 3 more differences like these");
    }

    @Test
    void namesColumnsThatNoTableMayCarryInEveryFile() throws IOException {
        write("a.parquet", SCHEMA, 1);
        write("b.parquet", SCHEMA, 1);
        write(
                "c.parquet",
                schema(text("Customer_User_id"), Types.optional(INT32).named("IBE1802"), text("2nd")),
                1);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageContaining("source columns with names that no table can carry: 2nd")
                .hasMessageContaining("file c.parquet has columns that other files lack: 2nd");
    }

    @Test
    void tellsAWallClockInOneFileFromAnInstantInAnother() throws IOException {
        write("a.parquet", schema(text("id"), timestamp(true)), 1);
        write("b.parquet", schema(text("id"), timestamp(false)), 1);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageContaining("seen is timestamp without time zone, elsewhere timestamp");
    }

    @Test
    void namesColumnsThatNoTableMayCarry() throws IOException {
        write(
                "a.parquet",
                schema(
                        text("id"),
                        text("2nd"),
                        text("Name"),
                        text("NAME"),
                        Types.optionalGroup().optional(INT32).named("inner").named("nested")),
                1);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageContaining("source columns with names that no table can carry: 2nd")
                .hasMessageContaining("source columns NAME, Name all become name in lower case")
                .hasMessageContaining("columns of types that the catalog does not know: nested (optional group nested");
    }

    @Test
    void namesEveryFileThatIsNotReadableParquet() throws IOException {
        write("a.parquet", SCHEMA, 1);
        damage("b.parquet", "not Parquet at all");
        damage("c.parquet", "");

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageContaining("2 of 3 files cannot be read:")
                .hasMessageContaining("file s3://lake/in/snapshot_dt=2025-11-01/b.parquet is not readable Parquet")
                .hasMessageContaining("file s3://lake/in/snapshot_dt=2025-11-01/c.parquet is not readable Parquet")
                .hasMessageContaining("write it again at the producer");
    }

    @Test
    void saysThatAFileWentAway() throws IOException {
        write("a.parquet", SCHEMA, 1);
        Files.delete(path("a.parquet"));

        assertFails(FailureKind.CONFLICT, this::describe)
                .hasMessageContaining(
                        "reading the footer of s3://lake/in/snapshot_dt=2025-11-01/a.parquet: something went away");
    }

    @Test
    void hasAFingerprintThatChangesWithNamesSizesAndTagsAndWithNothingElse() throws IOException {
        write("a.parquet", SCHEMA, 1);
        StoredObject file = files.get(0);
        String fingerprint = describe().fingerprint();

        assertThat(fingerprint).matches("[0-9a-f]{64}").isEqualTo(describe().fingerprint());
        assertThat(fingerprintOf(new StoredObject(file.uri(), file.bytes() + 1, file.etag(), WRITTEN)))
                .isNotEqualTo(fingerprint);
        assertThat(fingerprintOf(new StoredObject(file.uri(), file.bytes(), "another", WRITTEN)))
                .isNotEqualTo(fingerprint);
        assertThat(fingerprintOf(new StoredObject(file.uri(), file.bytes(), file.etag(), WRITTEN.plusSeconds(1))))
                .isEqualTo(fingerprint);
        Files.copy(path("a.parquet"), path("renamed.parquet"));
        assertThat(fingerprintOf(new StoredObject(FOLDER.file("renamed.parquet"), file.bytes(), file.etag(), WRITTEN)))
                .isNotEqualTo(fingerprint);
    }

    @Test
    void namesTheOddFileOutWhereverItStands() throws IOException {
        write(
                "a.parquet",
                schema(text("Customer_User_id"), Types.optional(INT64).named("IBE1802")),
                1);
        write("b.parquet", SCHEMA, 1);
        write("c.parquet", SCHEMA, 1);

        assertFails(FailureKind.BAD_DATA, this::describe)
                .hasMessageEndingWith(
                        """
                        mend it at the producer:
                          - file a.parquet has columns of another type: ibe1802 is bigint, elsewhere int""");
    }

    @Test
    void tellsWhatEachFileHoldsOfItself() throws IOException {
        write("b.parquet", SCHEMA, 20);
        write(
                "a.parquet",
                schema(text("id"), timestamp(false), Types.optional(BINARY).named("RAW")),
                0);

        List<FileContents> contents = new FooterReader(hadoop).contents(files);

        assertThat(contents)
                .extracting(
                        file -> file.file().name(),
                        FileContents::rows,
                        file -> List.copyOf(file.types().entrySet()))
                .containsExactly(
                        tuple("b.parquet", 20L, List.of(entry("customer_user_id", "string"), entry("ibe1802", "int"))),
                        tuple(
                                "a.parquet",
                                0L,
                                List.of(entry("id", "string"), entry("seen", "timestamp"), entry("raw", "binary"))));
        assertThat(new FooterReader(hadoop).contents(List.of())).isEmpty();
    }

    private SourceTable describe() {
        return new FooterReader(hadoop).describe(new SnapshotFolder(SnapshotDate.parse("2025-11-01"), FOLDER, files));
    }

    private String fingerprintOf(StoredObject file) {
        files.set(0, file);
        return describe().fingerprint();
    }

    private void write(String name, MessageType schema, int rows) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(hadoopPath(name))
                .withConf(hadoop)
                .withType(schema)
                .build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(schema);
            for (int row = 0; row < rows; row++) {
                Group group = groups.newGroup();
                for (Type column : schema.getFields()) {
                    if (column.isPrimitive() && column.asPrimitiveType().getPrimitiveTypeName() == INT32) {
                        group.add(column.getName(), row);
                    }
                }
                writer.write(group);
            }
        }
        found(name);
    }

    private void damage(String name, String content) throws IOException {
        Files.writeString(path(name), content);
        found(name);
    }

    private void found(String name) throws IOException {
        files.add(new StoredObject(FOLDER.file(name), Files.size(path(name)), "tag", WRITTEN));
    }

    private long compressed(String name, int column) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(hadoopPath(name), hadoop))) {
            return reader.getFooter().getBlocks().stream()
                    .map(rowGroup -> rowGroup.getColumns().get(column))
                    .mapToLong(ColumnChunkMetaData::getTotalSize)
                    .sum();
        }
    }

    private org.apache.hadoop.fs.Path hadoopPath(String name) {
        return new org.apache.hadoop.fs.Path(FOLDER.file(name).toHadoop());
    }

    private Path path(String name) {
        return machine.resolve(FOLDER.bucket()).resolve(FOLDER.key()).resolve(name);
    }

    private static MessageType schema(Type... columns) {
        return new MessageType("row", columns);
    }

    private static Type text(String name) {
        return Types.optional(BINARY).as(stringType()).named(name);
    }

    private static Type timestamp(boolean instant) {
        return Types.optional(INT64).as(timestampType(instant, TimeUnit.MICROS)).named("seen");
    }
}
