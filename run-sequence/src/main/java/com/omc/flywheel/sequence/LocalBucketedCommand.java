package com.omc.flywheel.sequence;

import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablebucket.AddressableBucketJob;
import com.omc.flywheel.jobs.createathenabucketedtables.CreateAthenaBucketedTablesJob;
import com.omc.flywheel.jobs.infobasesplitandbucket.InfobaseSplitAndBucketJob;
import com.omc.flywheel.jobs.registerstagedtables.RegisterStagedTablesJob;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code local bucketed}: the bucketed pipeline; Spark stands in for Athena. */
final class LocalBucketedCommand extends LocalPipelineCommand {
    LocalBucketedCommand(Path home) {
        super(home);
    }

    @Override
    public List<String> name() {
        return List.of("local", "bucketed");
    }

    @Override
    public String purpose() {
        return "Splits a snapshot and its addressable ids into bucketed tables on this machine.";
    }

    @Override
    String defaultMapping() {
        return "test-data/mapping/omc_flywheel_infobase_table_split_lowercase.csv";
    }

    @Override
    List<CommandOption> moreOptions() {
        return List.of();
    }

    @Override
    List<String> prefixes() {
        return List.of("ext_", "bucketed_");
    }

    @Override
    List<LocalStep> steps(Inputs inputs, LocalWorkspace workspace) {
        S3Uri splitCluster = LocalWorkspace.BUCKET.folder("split_cluster");
        S3Uri wide = splitCluster.folder("infobase_attributes");
        S3Uri ids = splitCluster.folder("addressable_ids");
        Map<String, String> ofMapping =
                new HashMap<>(Map.of("CSV_FILE", inputs.mapping().toString()));
        inputs.options().text(TABLES).ifPresent(tables -> ofMapping.put("TABLES_FILTER", tables));
        Optional<S3Uri> hasIds = Optional.of(inputs.idsSource());
        return List.of(
                new LocalStep(
                        "infobase-split-and-bucket",
                        InfobaseSplitAndBucketJob.DEFINITION,
                        inputs.split(inputs.wideSource(), wide, ofMapping),
                        Optional.empty()),
                new LocalStep(
                        "addressable-bucket",
                        AddressableBucketJob.DEFINITION,
                        inputs.split(inputs.idsSource(), ids, Map.of()),
                        hasIds),
                new LocalStep(
                        "register-staged-tables-infobase",
                        RegisterStagedTablesJob.DEFINITION,
                        Inputs.withLease(Map.of("DATABASE", DATABASE, "S3_ROOT", wide.toString())),
                        Optional.empty()),
                new LocalStep(
                        "register-staged-tables-addressable",
                        RegisterStagedTablesJob.DEFINITION,
                        Inputs.withLease(Map.of("DATABASE", DATABASE, "S3_ROOT", ids.toString())),
                        hasIds),
                new LocalStep(
                        "create-athena-bucketed-tables",
                        CreateAthenaBucketedTablesJob.DEFINITION,
                        Inputs.withLease(Map.of(
                                "ENGINE",
                                "spark",
                                "STAGED_DB",
                                DATABASE,
                                "FINAL_DB",
                                DATABASE,
                                "BUCKETED_BASE",
                                LocalWorkspace.BUCKET.folder("bucketed").toString(),
                                "MAX_CONCURRENCY",
                                "2")),
                        Optional.empty()));
    }
}
