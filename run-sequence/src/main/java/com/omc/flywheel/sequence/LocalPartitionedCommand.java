package com.omc.flywheel.sequence;

import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.jobs.addressablesplitandpart.AddressableSplitAndPartJob;
import com.omc.flywheel.jobs.createpartaddressableidsertable.CreatePartAddressableIdsErTableJob;
import com.omc.flywheel.jobs.infobasesplitandpart.InfobaseSplitAndPartJob;
import com.omc.flywheel.jobs.prepareparttables.PreparePartTablesJob;
import com.omc.flywheel.jobs.registerparttables.RegisterPartTablesJob;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code local partitioned}: the partitioned pipeline; partitions are repaired by the catalog alone, and Spark stands in for
 * Athena.
 */
final class LocalPartitionedCommand extends LocalPipelineCommand {
    private static final String IDS_MAPPING = "test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv";

    private static final CommandOption IDS_MAPPING_FILE =
            new CommandOption("--ids-mapping", "FILE", "the CSV of the addressable ids; default the committed one");
    private static final CommandOption ID_BUCKETS =
            new CommandOption("--id-buckets", "N", "id_bucket partitions in each snapshot; default 0 for none");
    private static final CommandOption ALLOW_DROPPED_COLUMNS = CommandOption.flag(
            "--allow-dropped-columns", "leave out columns that no table has, or that the snapshot before has");

    LocalPartitionedCommand(Path home) {
        super(home);
    }

    @Override
    public List<String> name() {
        return List.of("local", "partitioned");
    }

    @Override
    public String purpose() {
        return "Adds a snapshot and its addressable ids to partitioned tables on this machine.";
    }

    @Override
    String defaultMapping() {
        return "test-data/mapping/omc_flywheel_infobase_table_split_part.csv";
    }

    @Override
    List<CommandOption> moreOptions() {
        return List.of(IDS_MAPPING_FILE, ID_BUCKETS, ALLOW_DROPPED_COLUMNS);
    }

    @Override
    List<String> prefixes() {
        return List.of("part_");
    }

    @Override
    List<LocalStep> steps(Inputs inputs, LocalWorkspace workspace) {
        CommandOptions options = inputs.options();
        S3Uri splitPart = LocalWorkspace.BUCKET.folder("split_part");
        S3Uri idsMapping = workspace.bringMapping(
                IDS_MAPPING_FILE, options.path(IDS_MAPPING_FILE).orElse(home().resolve(IDS_MAPPING)));
        String dropped = String.valueOf(options.isGiven(ALLOW_DROPPED_COLUMNS));
        Map<String, String> both = Map.of("ID_BUCKETS", options.text(ID_BUCKETS).orElse("0"));
        Map<String, String> wide = new HashMap<>(both);
        wide.putAll(Map.of("CSV_FILE", inputs.mapping().toString(), "ALLOW_DROPPED_COLUMNS", dropped));
        options.text(TABLES).ifPresent(tables -> wide.put("TABLES_FILTER", tables));
        Map<String, String> ids = new HashMap<>(both);
        // The committed mapping leaves the batch number of the load out.
        boolean ownMapping = options.isGiven(IDS_MAPPING_FILE);
        ids.putAll(Map.of("CSV_FILE", idsMapping.toString(), "ALLOW_DROPPED_COLUMNS", ownMapping ? dropped : "true"));
        return List.of(
                new LocalStep(
                        "infobase-split-and-part",
                        InfobaseSplitAndPartJob.DEFINITION,
                        inputs.split(inputs.wideSource(), splitPart.folder("infobase_attributes"), wide),
                        Optional.empty()),
                new LocalStep(
                        "addressable-split-and-part",
                        AddressableSplitAndPartJob.DEFINITION,
                        inputs.split(inputs.idsSource(), splitPart.folder("addressable_ids"), ids),
                        Optional.of(inputs.idsSource())),
                new LocalStep(
                        "register-part-tables",
                        RegisterPartTablesJob.DEFINITION,
                        Inputs.withLease(Map.of(
                                "SOURCE_PATH",
                                splitPart.toString(),
                                "STAGED_DB",
                                DATABASE,
                                "SNAPSHOT_DT",
                                inputs.ofSplits().get("SNAPSHOT_DT"),
                                "ALLOW_DROPPED_COLUMNS",
                                dropped)),
                        Optional.empty()),
                new LocalStep(
                        "prepare-part-tables",
                        PreparePartTablesJob.DEFINITION,
                        Inputs.withLease(Map.of("DATABASE", DATABASE, "REPAIR", "catalog")),
                        Optional.empty()),
                new LocalStep(
                        "create-part-addressable-ids-er-table",
                        CreatePartAddressableIdsErTableJob.DEFINITION,
                        Inputs.withLease(Map.of(
                                "ENGINE",
                                "spark",
                                "DATABASE",
                                DATABASE,
                                "LOCATION",
                                LocalWorkspace.BUCKET.folder("identity").toString())),
                        Optional.of(inputs.idsSource())));
    }
}
