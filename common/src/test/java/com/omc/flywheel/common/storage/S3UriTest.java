package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3UriTest {
    private static final S3Uri OUT = S3Uri.parse("s3://lake/out");

    @Test
    void hasABucketAndAKey() {
        assertThat(S3Uri.parse("s3://lake/out/IBE_01/a.parquet")).isEqualTo(new S3Uri("lake", "out/IBE_01/a.parquet"));
        assertThat(S3Uri.parse("s3://lake/")).isEqualTo(new S3Uri("lake", ""));
        assertThat(S3Uri.parse("s3://lake")).isEqualTo(new S3Uri("lake", ""));
    }

    @Test
    void isTheSameUnderBothSchemes() {
        assertThat(S3Uri.parse("s3a://lake/out/")).isEqualTo(S3Uri.parse("s3://lake/out/"));
        assertThat(S3Uri.parse("s3a://lake/out/")).hasToString("s3://lake/out/");
        assertThat(S3Uri.parse("s3://lake/out/").toHadoop()).isEqualTo("s3a://lake/out/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://lake/snapshot_dt=2025-11-01/", "s3://a.b-1/x y/é", "s3://lake/...", "s3://lake/.hidden"})
    void printsWhatItRead(String text) {
        assertThat(S3Uri.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "lake/out", "S3://lake/out", "s3:/lake/out", "s3n://lake/out", "file:///lake/out", "_NONE_"})
    void isNotReadFromAnotherScheme(String text) {
        assertThatThrownBy(() -> S3Uri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected s3://bucket/key, got \"%s\"", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://", "s3:///key", "s3://Lake/x", "s3://la_ke/x", "s3://ab/x", "s3://-ab/x", "s3://la ke/x"})
    void isNotReadWithABucketThatS3WouldNotName(String text) {
        assertThatThrownBy(() -> S3Uri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is not the name of an S3 bucket (3 to 63 of a-z, 0-9, dot and hyphen)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake//out", "s3://lake/out//x", "s3://lake/out//"})
    void isNotReadWithAnEmptyPart(String text) {
        assertThatThrownBy(() -> S3Uri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" has an empty part or too long a key", text);
    }

    @Test
    void isNotReadWithAKeyThatS3WouldNotTake() {
        assertThat(S3Uri.parse("s3://lake/" + "k".repeat(1024)).key()).hasSize(1024);
        assertThatThrownBy(() -> S3Uri.parse("s3://lake/" + "\u00e9".repeat(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has an empty part or too long a key");
        assertThatThrownBy(() -> S3Uri.parse("s3://lake/" + "k".repeat(1025)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has an empty part or too long a key");
    }

    @ParameterizedTest
    @CsvSource({"s3://lake/..,..", "s3://lake/out/../other,..", "s3://lake/./out,.", "s3://lake/out/.,."})
    void isNotReadWithAPartThatAFileSystemWouldFollow(String text, String part) {
        assertThatThrownBy(() -> S3Uri.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key may not have the part \"%s\"", part);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake,s3://lake/IBE_01/",
        "s3://lake/out,s3://lake/out/IBE_01/",
        "s3://lake/out/,s3://lake/out/IBE_01/"
    })
    void namesAFolderUnderItWithOrWithoutASlash(String parent, String folder) {
        assertThat(S3Uri.parse(parent).folder("IBE_01")).hasToString(folder);
    }

    @Test
    void namesAFileUnderIt() {
        assertThat(OUT.file("_SUCCESS")).hasToString("s3://lake/out/_SUCCESS");
        assertThat(OUT.asFolder())
                .hasToString("s3://lake/out/")
                .isEqualTo(OUT.asFolder().asFolder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/", "..", "."})
    void neverLeavesItsFolder(String name) {
        assertThatThrownBy(() -> OUT.folder(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
        assertThatThrownBy(() -> OUT.file(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @ParameterizedTest
    @CsvSource({"s3://lake/out/IBE_01/,IBE_01", "s3://lake/out/IBE_01,IBE_01", "s3://lake/out,out", "s3://lake,''"})
    void hasTheNameOfItsLastPart(String text, String name) {
        assertThat(S3Uri.parse(text).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/out", "s3://lake/out/", "s3://lake/out/a", "s3a://lake/out/a/b/"})
    void containsItselfAndWhatLiesUnderIt(String other) {
        assertThat(OUT.contains(S3Uri.parse(other))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3://lake/out-old/a", "s3://lake/output", "s3://other/out/a", "s3://lake/", "s3://lake/ou"})
    void doesNotContainWhatLiesElsewhere(String other) {
        assertThat(OUT.contains(S3Uri.parse(other))).isFalse();
    }

    @Test
    void isTakenApartAndPutTogetherAgain() {
        S3Uri file = S3Uri.parse("s3://lake/out/IBE_01/a.parquet");

        assertThat(OUT.relativize(file)).isEqualTo("IBE_01/a.parquet");
        assertThat(OUT.resolve("IBE_01/a.parquet")).isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/out", "s3://lake/out/"})
    void isNothingUnderItself(String itself) {
        assertThat(OUT.relativize(S3Uri.parse(itself))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other/a", "IBE_01/../../other/a", "IBE_01/./a"})
    void isNotPutTogetherToLeaveItsFolder(String key) {
        assertThatThrownBy(() -> OUT.resolve(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a key may not have the part \".");
    }

    @Test
    void isNotTakenFromAFolderThatItDoesNotLieUnder() {
        assertThatThrownBy(() -> OUT.relativize(S3Uri.parse("s3://lake/out-old/a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("s3://lake/out-old/a does not lie under s3://lake/out");
    }
}
