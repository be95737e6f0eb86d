package com.omc.flywheel.common.arguments;

import static com.omc.flywheel.common.failure.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Arguments that several jobs have are a record of their own. */
class ArgumentRecordGroupsTest {
    record Limits(
            @Argument(help = "Columns a table.", example = "100", defaultValue = "100") int maxCols,
            @Argument(help = "What it is called.", example = "x") Optional<String> label) {
        Limits {
            if (maxCols == 0) {
                throw new IllegalArgumentException("--MAX_COLS is 0");
            }
        }
    }

    record Arguments(
            @Argument(help = "Where to read.", example = "s3://lake/in/") S3Uri sourcePath,
            Limits limits,
            @Argument(help = "Write nothing.", example = "true", defaultValue = "false") boolean dryRun) {}

    private final ArgumentRecord<Arguments> record = new ArgumentRecord<>(Arguments.class);

    @Test
    void standInTheOrderOfTheRecords() {
        assertThat(record.names()).containsExactly("SOURCE_PATH", "MAX_COLS", "LABEL", "DRY_RUN");
        assertThat(record.markdown().lines()).hasSize(6);
    }

    @Test
    void areReadLikeTheOthers() {
        Arguments arguments = read("--LABEL", "x", "--DRY_RUN", "--SOURCE_PATH", "s3://lake/in/", "--MAX_COLS", "7");

        assertThat(arguments)
                .isEqualTo(new Arguments(S3Uri.parse("s3://lake/in/"), new Limits(7, Optional.of("x")), true));
        assertThat(record.describe(arguments))
                .isEqualTo("--SOURCE_PATH s3://lake/in/ --MAX_COLS 7 --LABEL x --DRY_RUN true");
    }

    @Test
    void keepTheRulesOfTheirConstructor() {
        assertFails(FailureKind.BAD_ARGUMENT, () -> read("--SOURCE_PATH", "s3://lake/in/", "--MAX_COLS", "0"))
                .hasMessageEndingWith("\n  - --MAX_COLS is 0");
    }

    record Twice(@Argument(help = "Columns.", example = "1") int maxCols, Limits limits) {}

    record Forgotten(S3Uri sourcePath) {}

    @Test
    void areRefusedWhenANameStandsTwiceOrAnAnnotationIsForgotten() {
        assertThatThrownBy(() -> new ArgumentRecord<>(Twice.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("Twice declares --MAX_COLS twice");
        assertThatThrownBy(() -> new ArgumentRecord<>(Forgotten.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("S3Uri.bucket has no @Argument");
    }

    private Arguments read(String... tokens) {
        return record.read("copy", List.of(tokens)).arguments();
    }
}
