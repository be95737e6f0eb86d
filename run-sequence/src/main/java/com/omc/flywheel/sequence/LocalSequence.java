package com.omc.flywheel.sequence;

import java.util.List;
import java.util.Set;

/**
 * What a run of one sequence on this machine has beyond the sequence's own file.
 *
 * @param name of the sequence, and of its file
 * @param purpose what it does, as a sentence
 * @param mappingValue which value of the settings of jobs {@code --mapping} gives
 * @param defaultMapping the mapping without {@code --mapping}, from the root of this project
 * @param moreOptions the options that other sequences do not have
 * @param prefixes what the names of the tables begin with that the run makes
 * @param dataSetOfIds where it publishes the addressable ids, in the bucket
 * @param stepsOfIds the steps that cannot run on a source without addressable ids
 */
record LocalSequence(
        String name,
        String purpose,
        String mappingValue,
        String defaultMapping,
        List<CommandOption> moreOptions,
        List<String> prefixes,
        String dataSetOfIds,
        Set<String> stepsOfIds) {
    static final String DEFAULT_IDS_MAPPING = "test-data/mapping/omc_flywheel_addressable_ids_table_split_part.csv";

    static final CommandOption IDS_MAPPING =
            new CommandOption("--ids-mapping", "FILE", "the CSV of the addressable ids; default the committed one");
    static final CommandOption ID_BUCKETS =
            new CommandOption("--id-buckets", "N", "id_bucket partitions in each snapshot; default 0 for none");

    static final LocalSequence BUCKETED = new LocalSequence(
            "bucketed",
            "Splits a snapshot and its addressable ids into bucketed tables on this machine.",
            "clustered_mapping",
            "test-data/mapping/omc_flywheel_infobase_table_split_lowercase.csv",
            List.of(),
            List.of("ext_", "bucketed_"),
            "split_cluster/addressable_ids/",
            Set.of("addressable-bucket", "register-staged-tables-addressable"));

    static final LocalSequence PARTITIONED = new LocalSequence(
            "partitioned",
            "Adds a snapshot and its addressable ids to partitioned tables on this machine, and reports.",
            "partitioned_mapping",
            "test-data/mapping/omc_flywheel_infobase_table_split_part.csv",
            List.of(IDS_MAPPING, ID_BUCKETS),
            List.of("part_"),
            "split_part/addressable_ids/",
            Set.of(
                    "addressable-split-and-part",
                    "register-part-tables-addressable",
                    "create-part-addressable-ids-er-table"));

    LocalSequence {
        moreOptions = List.copyOf(moreOptions);
        prefixes = List.copyOf(prefixes);
        stepsOfIds = Set.copyOf(stepsOfIds);
    }
}
