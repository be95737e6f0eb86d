package com.omc.flywheel.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.failure.JobFailure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSequenceCommandTest {
    private static final Path HOME = Path.of(System.getProperty("flywheel.home"));

    @TempDir
    private Path work;

    private final LocalSequenceCommand command = new LocalSequenceCommand(HOME, LocalSequence.BUCKETED);
    private final PrintStream output = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    /** The snapshot goes into the name of the run, and that into the names of files. */
    @Test
    void refusesASnapshotThatIsNoDateBeforeItStartsOrWritesAnything() {
        CommandOptions options = CommandOptions.read(
                command.options(), List.of("--snapshot-dt", "../../2025-11-01", "--work", work.toString()));

        assertThatThrownBy(() -> command.run(options, output))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("BAD_ARGUMENT: --snapshot-dt: expected ");
        assertThat(work).isEmptyDirectory();
    }
}
