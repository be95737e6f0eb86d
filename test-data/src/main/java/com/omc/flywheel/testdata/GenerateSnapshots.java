package com.omc.flywheel.testdata;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;

/** The command line of {@link SnapshotGenerator}. */
public final class GenerateSnapshots {
    private static final int DONE = 0;
    private static final int WRONG_USE = 2;

    private GenerateSnapshots() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** The exit code: 0 when all is written, 2 when the options cannot be followed; then nothing is written. */
    static int run(List<String> arguments, PrintStream output, PrintStream errors) throws IOException {
        if (arguments.contains("--help")) {
            output.print(GeneratorCommand.usage());
            return DONE;
        }
        GeneratedSnapshots written;
        try {
            GeneratorCommand command = GeneratorCommand.parse(arguments);
            written = new SnapshotGenerator(command.options()).writeTo(command.out());
        } catch (IllegalArgumentException | FileAlreadyExistsException e) {
            errors.println("generate-snapshots: " + e.getMessage());
            errors.println("--help lists the options");
            return WRONG_USE;
        }
        output.println("%d files, %d bytes".formatted(written.files().size(), written.bytes()));
        output.println("%s: %d rows in each snapshot".formatted(written.infobaseAttributes(), written.wideRows()));
        output.println("%s: %d rows in all".formatted(written.addressableIds(), written.addressableRows()));
        written.faults().forEach((fault, place) -> output.println(fault.commandLineName() + ": " + place));
        return DONE;
    }
}
