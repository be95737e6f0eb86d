package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.catalog.TableOrigin;
import com.omc.flywheel.common.query.CreateTableAs;
import com.omc.flywheel.common.query.StatementText;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.common.versions.EngineChoice;
import com.omc.flywheel.common.versions.VersionOptions;
import com.omc.flywheel.common.versions.WantedTable;
import com.omc.flywheel.sequence.plan.KnownData.DescribedTable;
import java.util.Locale;

/** The statements of the jobs that build versions of tables, for a run that has no id yet. */
final class StatementsPlan {
    private static final String RUN = "<run>";

    private final KnownData known;

    StatementsPlan(KnownData known) {
        this.known = known;
    }

    /** Where the rows of a snapshot come from; of one that is not written yet, this plan's run stands for its own. */
    TableOrigin origin(String maker, DescribedTable source, DataTable snapshot) {
        return new TableOrigin(
                maker,
                source.dataSet().root(),
                snapshot.folder(),
                snapshot.snapshot(),
                snapshot.run().orElse(known.jobs().run()),
                snapshot.mappingSha256(),
                "");
    }

    /**
     * Whether a run would leave the table as it is.
     *
     * @param wanted what it is to hold
     */
    boolean isHeld(PlannedJob job, WantedTable wanted) {
        return !job.isTrue("FORCE")
                && known.jobs()
                        .catalog()
                        .find(wanted.table())
                        .filter(wanted::isHeldBy)
                        .isPresent();
    }

    /**
     * What the engine of a job would be asked for.
     *
     * @param baseArgument names the folder of the versions
     */
    String statement(PlannedJob job, String baseArgument, WantedTable wanted) {
        EngineChoice engine = EngineChoice.valueOf(job.text("ENGINE").toUpperCase(Locale.ROOT));
        VersionOptions options = new VersionOptions(
                job.definition().name(),
                S3Uri.parse(job.text(baseArgument)),
                engine,
                1,
                1,
                job.isTrue("FORCE"),
                job.isTrue("TAKE_OVER"));
        CreateTableAs create = wanted.statement(options, known.jobs().run());
        String text = engine == EngineChoice.ATHENA ? StatementText.forAthena(create) : StatementText.forSpark(create);
        String run = known.jobs().run().value();
        String inNames = run.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return text.replace(run, RUN).replace(inNames, RUN);
    }
}
