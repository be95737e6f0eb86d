package com.omc.flywheel.sequence;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code local glue}: an {@link EmbeddedGlueCatalog} for other programs, until this one is interrupted. */
final class LocalGlueCommand extends LocalServerCommand {
    private static final CommandOption DATA = new CommandOption(
            "--data", "DIR", "the folder that keeps the catalog; default run-sequence/target/glue in this project");
    private static final int LAST_PORT = 65_535;

    private final Path home;

    LocalGlueCommand(Path home) {
        this.home = home;
    }

    @Override
    public List<String> name() {
        return List.of("local", "glue");
    }

    @Override
    public String purpose() {
        return "Serves a Glue Data Catalog on this machine until it is interrupted.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(DATA, PORT);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        int port = port(options);
        Path data = options.path(DATA).orElse(home.resolve("run-sequence/target/glue"));
        EmbeddedGlueCatalog catalog = EmbeddedGlueCatalog.keptIn(data);
        try (AwsJsonEndpoint server = AwsJsonEndpoint.start(port, List.of(catalog))) {
            serve(
                    output,
                    "A Glue Data Catalog kept in %s, until Ctrl-C".formatted(data),
                    "AWS_ENDPOINT_URL_GLUE",
                    server.endpoint());
        }
    }

    private static int port(CommandOptions options) {
        int port = options.number(PORT).orElse(0);
        if (port < 0 || port > LAST_PORT) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "%s: the port %d is not between 0 and %d".formatted(PORT.name(), port, LAST_PORT));
        }
        return port;
    }
}
