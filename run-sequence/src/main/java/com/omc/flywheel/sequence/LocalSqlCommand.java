package com.omc.flywheel.sequence;

import com.omc.flywheel.common.catalog.CatalogName;
import com.omc.flywheel.common.catalog.GlueTableCatalog;
import com.omc.flywheel.common.catalog.TablePrefix;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.CatalogQuery;
import com.omc.flywheel.sequence.awsjson.AwsJsonEndpoint;
import com.omc.flywheel.sequence.glue.EmbeddedGlueCatalog;
import com.omc.flywheel.sequence.s3.EmbeddedS3;
import com.omc.flywheel.sequence.s3.EmbeddedS3Options;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code local sql}: a query over the tables that local runs have made. */
final class LocalSqlCommand implements Command {
    private static final int DEFAULT_ROWS = 50;
    private static final List<TablePrefix> FAMILIES =
            List.of(new TablePrefix("ext_"), new TablePrefix("bucketed_"), new TablePrefix("part_"));

    private static final CommandOption QUERY =
            CommandOption.valueAlone("QUERY", "a SELECT in Spark SQL over ext_..., bucketed_... and part_... tables");
    private static final CommandOption ROWS =
            new CommandOption("--limit", "N", "how many rows to show at most; default 50");

    private final Path home;

    LocalSqlCommand(Path home) {
        this.home = home;
    }

    @Override
    public List<String> name() {
        return List.of("local", "sql");
    }

    @Override
    public String purpose() {
        return "Answers a query over the tables of the local workspace.";
    }

    @Override
    public List<CommandOption> options() {
        return List.of(QUERY, ROWS, LocalSequenceCommand.WORK);
    }

    @Override
    public void run(CommandOptions options, PrintStream output) {
        String query = options.text(QUERY)
                .orElseThrow(() -> new JobFailure(
                        FailureKind.BAD_ARGUMENT,
                        "a query is needed, for example \"select count(*) from ext_ibe_01\""));
        LocalWorkspace workspace = LocalWorkspace.of(home, options.path(LocalSequenceCommand.WORK));
        workspace.requireCatalog();
        try (EmbeddedS3 server = EmbeddedS3.start(
                        home, workspace.s3(), EmbeddedS3Options.open().asReadOnly());
                AwsJsonEndpoint glue = AwsJsonEndpoint.start(EmbeddedGlueCatalog.keptIn(workspace.catalog()))) {
            LocalTables tables = new LocalTables(server.endpoint(), glue.endpoint());
            try (GlueTableCatalog catalog = tables.catalog()) {
                CatalogName database = new CatalogName(LocalSequenceCommand.DATABASE);
                output.print(new CatalogQuery(tables.environment(), catalog, database)
                        .answer(
                                query,
                                FAMILIES,
                                options.number(ROWS).orElse(DEFAULT_ROWS),
                                workspace.warehouse().toString()));
            }
        }
    }
}
