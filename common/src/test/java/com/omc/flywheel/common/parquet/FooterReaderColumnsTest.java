package com.omc.flywheel.common.parquet;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.omc.flywheel.common.columns.SourceColumn;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns of one file; {@link FooterReaderTest} has those of a snapshot. */
class FooterReaderColumnsTest {
    private static final S3Uri FILE = S3Uri.parse("s3://lake/out/IBE_01/a.parquet");
    private static final Type KEY = Types.optional(BINARY).as(stringType()).named("Customer_User_id");

    @TempDir
    private Path machine;

    private Configuration hadoop;

    @BeforeEach
    void serveTheFolder() {
        hadoop = FolderAsS3.configuration(machine);
    }

    @Test
    void givesTheColumnsInTheOrderOfTheFileAlsoWithoutRows() throws IOException {
        write(KEY, Types.optional(INT32).named("IBE1802"));

        assertThat(new FooterReader(hadoop).columnsOf(FILE))
                .extracting(column -> column.name().value(), SourceColumn::sourceName, SourceColumn::type)
                .containsExactly(
                        tuple("customer_user_id", "Customer_User_id", "string"), tuple("ibe1802", "IBE1802", "int"));
    }

    @Test
    void namesEveryColumnThatNoTableCanHave() throws IOException {
        write(
                KEY,
                Types.optional(INT32).named("customer_user_ID"),
                Types.optional(FIXED_LEN_BYTE_ARRAY).length(16).named("token"));

        assertFails(FailureKind.BAD_DATA, () -> new FooterReader(hadoop).columnsOf(FILE))
                .hasMessageContaining("file %s cannot be read as a part of a table", FILE)
                .hasMessageContaining("all become customer_user_id")
                .hasMessageContaining("token");
    }

    @Test
    void refusesAFileThatIsNoParquet() throws IOException {
        Path file = machine.resolve("lake/out/IBE_01/a.parquet");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no Parquet at all");

        assertFails(FailureKind.BAD_DATA, () -> new FooterReader(hadoop).columnsOf(FILE))
                .hasMessageContaining("file %s is not readable Parquet", FILE);
    }

    private void write(Type... columns) throws IOException {
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(FILE.toHadoop()), hadoop))
                .withConf(hadoop)
                .withType(new MessageType("table", columns))
                .build()
                .close();
    }
}
