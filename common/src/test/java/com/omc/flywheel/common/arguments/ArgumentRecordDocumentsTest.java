package com.omc.flywheel.common.arguments;

import static com.omc.flywheel.common.arguments.CopyArguments.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link ArgumentRecord} says of the arguments: to a caller, in the README and in the log. */
class ArgumentRecordDocumentsTest {
    private final ArgumentRecord<CopyArguments> record = new ArgumentRecord<>(CopyArguments.class);

    @Test
    void namesItsArgumentsInTheOrderOfTheRecord() {
        assertThat(record.names())
                .containsExactly(
                        "SOURCE_PATH",
                        "TARGET_PATH",
                        "SNAPSHOT_DT",
                        "TARGET_FILE_MB",
                        "MAX_COLS",
                        "MAX_NULL_KEYS",
                        "REQUIRE_SUCCESS",
                        "Label",
                        "DRY_RUN");
    }

    @Test
    void explainsEveryArgument() {
        assertThat(record.help("copy", "Copies files."))
                .startsWith(
                        """
                        copy: Copies files.

                        Arguments:
                          --SOURCE_PATH  (needed)
                              Where to read.
                              example: --SOURCE_PATH s3://lake/in/
                        """)
                .contains(
                        """
                          --SNAPSHOT_DT  (optional)
                              The day; the newest when absent.
                              example: --SNAPSHOT_DT 2025-11-01
                          --TARGET_FILE_MB  (`400`)
                        """)
                .endsWith("  --help\n      Prints this.\n")
                .contains(record.names());
    }

    @Test
    void isARowOfTheDocumentsForEachArgument() {
        assertThat(record.markdown().lines())
                .startsWith(
                        "| argument | default | meaning |",
                        "|---|---|---|",
                        "| `SOURCE_PATH` | needed | Where to read. |",
                        "| `TARGET_PATH` | needed | Where to write. |",
                        "| `SNAPSHOT_DT` | optional | The day; the newest when absent. |",
                        "| `TARGET_FILE_MB` | `400` | Megabytes \\| per file. |")
                .hasSize(2 + record.names().size());
    }

    @Test
    void describesARunByEveryNameAndItsValue() {
        assertThat(record.describe(record.read("copy", List.of(with("--SNAPSHOT_DT", "2025-11-01", "--DRY_RUN")))
                        .arguments()))
                .isEqualTo("--SOURCE_PATH s3://lake/in/ --TARGET_PATH s3://lake/out/ --SNAPSHOT_DT 2025-11-01"
                        + " --TARGET_FILE_MB 400 MB --MAX_COLS 100 --MAX_NULL_KEYS 0 --REQUIRE_SUCCESS AUTO"
                        + " --Label _NONE_ --DRY_RUN true");
    }
}
