package com.omc.flywheel.common.catalog;

/** The classes that read and write a table's files, by Hive's names. */
public record StorageFormat(String inputFormat, String outputFormat, String serde) {
    /** What Athena writes for {@code STORED AS PARQUET}. */
    public static final StorageFormat PARQUET = new StorageFormat(
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe");
}
