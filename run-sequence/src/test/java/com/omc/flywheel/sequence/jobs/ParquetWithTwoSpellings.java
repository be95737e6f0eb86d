package com.omc.flywheel.sequence.jobs;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A file whose columns differ in case alone, which SQL engines cannot write. */
final class ParquetWithTwoSpellings {
    private ParquetWithTwoSpellings() {}

    static void write(Path file) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { required binary customer_user_id (STRING); required int32 AGE; required int32 age; }");
        try (ParquetWriter<org.apache.parquet.example.data.Group> writer = ExampleParquetWriter.builder(
                        new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(new Configuration(false))
                .withType(schema)
                .build()) {
            SimpleGroup row = new SimpleGroup(schema);
            row.add("customer_user_id", "a");
            row.add("AGE", 1);
            row.add("age", 2);
            writer.write(row);
        }
        java.nio.file.Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }
}
