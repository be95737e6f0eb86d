package com.omc.flywheel.sequence.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.sequence.jobs.Permissions.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "arn:aws:s3:::lake/data/*, arn:aws:s3:::lake/data/a/b, true",
        "arn:aws:s3:::lake/data/*, arn:aws:s3:::lake/data, false",
        "arn:aws:s3:::lake, arn:aws:s3:::lake/data, false",
        "arn:aws:s3:::la?e, arn:aws:s3:::lake, true",
        "arn:aws:s3:::l.ke, arn:aws:s3:::lake, false",
        "table/staged/*, table/staged/*, true",
        "table/staged/ext_*, table/staged/*, false"
    })
    void comparesAsIamDoes(String pattern, String text, boolean same) {
        assertThat(Permissions.matches(pattern, text)).isEqualTo(same);
    }

    @Test
    void allowsItsActionsOnItsResourcesAlone() {
        Statement statement =
                new Statement("Read", Optional.empty(), List.of("s3:GetObject"), List.of("arn:aws:s3:::lake/*"));

        assertThat(statement.allows(new Need("s3:GetObject", "arn:aws:s3:::lake/a")))
                .isTrue();
        assertThat(statement.allows(new Need("s3:PutObject", "arn:aws:s3:::lake/a")))
                .isFalse();
        assertThat(statement.allows(new Need("s3:GetObject", "arn:aws:s3:::other/a")))
                .isFalse();
    }
}
