package com.omc.flywheel.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.storage.S3Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.io.cloud.BindingParquetOutputCommitter;
import org.apache.spark.internal.io.cloud.PathOutputCommitProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

class SparkSettingsTest {
    private static final Map<String, String> EMULATOR = Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:4566");

    private final Map<String, String> platformBefore = new HashMap<>();

    @AfterEach
    void forgetThePlatform() {
        platformBefore.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void chooseTheMagicCommitterForS3aWhateverThePlatformSays() {
        platform("spark.hadoop.fs.s3a.committer.name", "directory");
        platform("spark.hadoop.fs.s3a.committer.magic.enabled", "false");

        for (Map<String, String> environment : List.of(EMULATOR, Map.<String, String>of())) {
            SparkSettings settings = settings(environment);
            assertThat(settings.spark("split").get("spark.hadoop.fs.s3a.committer.name"))
                    .isEqualTo("magic");
            assertThat(settings.spark("split").get("spark.hadoop.fs.s3a.committer.magic.enabled"))
                    .isEqualTo("true");
            assertThat(settings.spark("split").get("spark.hadoop.mapreduce.outputcommitter.factory.scheme.s3a"))
                    .isEqualTo("org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory");
            assertThat(settings.hadoop().get("fs.s3a.committer.name")).isEqualTo("magic");
        }
    }

    @Test
    void letSparksOwnWritesAskForTheCommitterOfThePathWhateverThePlatformSays() throws ClassNotFoundException {
        platform(
                "spark.sql.sources.commitProtocolClass",
                "org.apache.spark.sql.execution.datasources.SQLHadoopMapReduceCommitProtocol");
        platform("spark.sql.parquet.output.committer.class", "org.apache.parquet.hadoop.ParquetOutputCommitter");

        SparkConf spark = settings(Map.of()).spark("split");

        assertThat(Class.forName(spark.get("spark.sql.sources.commitProtocolClass")))
                .isEqualTo(PathOutputCommitProtocol.class);
        assertThat(Class.forName(spark.get("spark.sql.parquet.output.committer.class")))
                .isEqualTo(BindingParquetOutputCommitter.class);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:4566,false", "https://minio.example:9000,true"})
    void mapAnEndpointOntoS3a(String endpoint, String encrypted) {
        Configuration hadoop = settings(Map.of("AWS_ENDPOINT_URL_S3", endpoint, "AWS_REGION", "eu-west-1"))
                .hadoop();

        assertThat(hadoop.get("fs.s3a.endpoint")).isEqualTo(endpoint);
        assertThat(hadoop.get("fs.s3a.endpoint.region")).isEqualTo("eu-west-1");
        assertThat(hadoop.get("fs.s3a.path.style.access")).isEqualTo("true");
        assertThat(hadoop.get("fs.s3a.connection.ssl.enabled")).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs.s3a.endpoint",
                "fs.s3a.endpoint.region",
                "fs.s3a.path.style.access",
                "fs.s3a.connection.ssl.enabled"
            })
    void leaveS3aToAwsWithoutAnEndpoint(String setting) {
        assertThat(settings(Map.of()).hadoop().get(setting)).isEqualTo(new Configuration().get(setting));
        assertThat(settings(Map.of()).spark("split").contains("spark.hadoop." + setting))
                .isFalse();
    }

    @Test
    void nameTheRegionOfAws() {
        Configuration hadoop = settings(Map.of("AWS_REGION", "eu-west-1")).hadoop();

        assertThat(hadoop.get("fs.s3a.endpoint.region")).isEqualTo("eu-west-1");
        assertThat(hadoop.get("fs.s3a.endpoint")).isNull();
    }

    @Test
    void encryptEveryWriteWhenAKeyIsGiven() {
        S3Connection connection = S3Connection.fromEnvironment(Map.of()).withKmsKeyId(Optional.of("alias/lake"));

        Configuration hadoop = new SparkSettings(connection).hadoop();
        SparkConf spark = new SparkSettings(connection).spark("split");

        assertThat(hadoop.get("fs.s3a.encryption.algorithm")).isEqualTo("SSE-KMS");
        assertThat(hadoop.get("fs.s3a.encryption.key")).isEqualTo("alias/lake");
        assertThat(spark.get("spark.hadoop.fs.s3a.encryption.algorithm")).isEqualTo("SSE-KMS");
        assertThat(spark.get("spark.hadoop.fs.s3a.encryption.key")).isEqualTo("alias/lake");
        assertThat(settings(Map.of()).hadoop().get("fs.s3a.encryption.algorithm"))
                .isNull();
    }

    @Test
    void keepWhatThePlatformSays() {
        platform("spark.master", "local[3]");
        platform("spark.executor.memory", "7g");
        platform("spark.hadoop.fs.s3a.connection.maximum", "77");

        SparkConf spark = settings(EMULATOR).spark("split");

        assertThat(spark.get("spark.master")).isEqualTo("local[3]");
        assertThat(spark.get("spark.executor.memory")).isEqualTo("7g");
        assertThat(spark.get("spark.hadoop.fs.s3a.connection.maximum")).isEqualTo("77");
        assertThat(settings(EMULATOR).hadoop().get("fs.s3a.connection.maximum")).isEqualTo("77");
    }

    @Test
    void giveFootersAndSparkTheSameS3a() {
        SparkSettings settings = settings(EMULATOR);
        Configuration hadoop = settings.hadoop();

        for (Tuple2<String, String> setting : settings.spark("split").getAllWithPrefix("spark.hadoop.")) {
            assertThat(hadoop.get(setting._1())).as(setting._1()).isEqualTo(setting._2());
        }
    }

    @Test
    void readAndWriteValuesAsTheyAre() {
        platform("spark.sql.files.ignoreCorruptFiles", "true");
        platform("spark.sql.session.timeZone", "America/New_York");

        SparkConf spark = settings(Map.of()).spark("split");

        assertThat(spark.get("spark.sql.files.ignoreCorruptFiles")).isEqualTo("false");
        assertThat(spark.get("spark.sql.files.ignoreMissingFiles")).isEqualTo("false");
        assertThat(spark.get("spark.sql.session.timeZone")).isEqualTo("UTC");
        assertThat(spark.get("spark.sql.parquet.outputTimestampType")).isEqualTo("TIMESTAMP_MICROS");
        assertThat(spark.get("spark.sql.parquet.datetimeRebaseModeInWrite")).isEqualTo("CORRECTED");
    }

    @Test
    void carryRecordsBetweenTasksWhateverThePlatformSays() {
        platform("spark.serializer", "org.apache.spark.serializer.KryoSerializer");

        assertThat(settings(Map.of()).spark("split").get("spark.serializer"))
                .isEqualTo("org.apache.spark.serializer.JavaSerializer");
    }

    @Test
    void takeAPageWhoseBitsChangedForAFailureWhateverThePlatformSays() {
        platform("spark.hadoop.parquet.page.verify-checksum.enabled", "false");

        assertThat(settings(Map.of()).spark("split").get("spark.hadoop.parquet.page.verify-checksum.enabled"))
                .isEqualTo("true");
        assertThat(settings(Map.of()).hadoop().get("parquet.page.verify-checksum.enabled"))
                .isEqualTo("true");
    }

    @Test
    void runOnThisMachineWhenThePlatformNamesNoMaster() {
        assertThat(settings(Map.of()).spark("split").get("spark.master")).isEqualTo("local[*]");
        assertThat(settings(Map.of()).spark("split").get("spark.app.name")).isEqualTo("split");
    }

    private static SparkSettings settings(Map<String, String> environment) {
        return new SparkSettings(S3Connection.fromEnvironment(environment));
    }

    /** What spark-submit and Glue do: settings of theirs are system properties of the driver. */
    private void platform(String name, String value) {
        platformBefore.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
    }
}
