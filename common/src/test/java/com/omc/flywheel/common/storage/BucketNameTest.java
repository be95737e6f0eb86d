package com.omc.flywheel.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {
    private static final BucketName REPORTS = BucketName.parse("my-reports");

    @ParameterizedTest
    @ValueSource(strings = {"abc", "my-reports", "reports.2025", "0reports9", "1.2.3.4.5"})
    void printsWhatItRead(String text) {
        assertThat(BucketName.parse(text)).hasToString(text);
    }

    @Test
    void hasThreeTo63Characters() {
        assertThat(BucketName.parse("b".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> BucketName.parse("b".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 to 63");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ab", "My-reports", "my_reports", "-reports", "reports-", ".reports", "reports.", "a b"})
    void isNotReadFromWhatS3WouldNotTake(String text) {
        assertThatThrownBy(() -> BucketName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" is not the name of an S3 bucket (3 to 63 of a-z, 0-9, dot and hyphen)", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my..reports", "192.168.5.4"})
    void isNotReadFromEmptyLabelsNorAddresses(String text) {
        assertThatThrownBy(() -> BucketName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"%s\" is not the name of an S3 bucket (no two dots in a row, no IP address)", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://my-reports", "s3a://my-reports/", "s3://my-reports/daily/", "my-reports/daily"})
    void saysWhatToGiveInsteadOfAPath(String text) {
        assertThatThrownBy(() -> BucketName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected the name of a bucket alone, like my-reports, got \"%s\"; leave out s3:// and every slash",
                        text);
    }

    @ParameterizedTest
    @CsvSource({"'',s3://my-reports/", "daily,s3://my-reports/daily/", "daily/monitor/,s3://my-reports/daily/monitor/"})
    void hasFolders(String prefix, String folder) {
        assertThat(REPORTS.folder(prefix)).hasToString(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/daily/", "daily//monitor", "/"})
    void hasNoFolderWithAnEmptyPart(String prefix) {
        assertThatThrownBy(() -> REPORTS.folder(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has an empty part");
    }

    @Test
    void hasNoFolderOutsideOfIt() {
        assertThatThrownBy(() -> REPORTS.folder("daily/../.."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key may not have the part \"..\"");
    }
}
