package com.omc.flywheel.sequence;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.storage.S3Uri;
import com.omc.flywheel.sequence.deployment.JobSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * This machine as an environment: what it puts into the settings of jobs and into the sequences, as {@code dev} and
 * {@code prod} do by variables of Terraform.
 */
final class LocalEnvironment {
    static final String NAME = "local";
    /** What the names of jobs begin with, as on AWS. */
    static final String JOB_PREFIX = "etl-omc-flywheel-" + NAME + "-";

    /** The one of the recorded memberships whose collaboration has tables. */
    static final String RECORDED_MEMBERSHIP = "000000a1-0000-4000-8000-000000000001";
    /** The generated snapshots have a date of their own, which does not move with the calendar. */
    static final String TEN_YEARS = "3650";
    /** Who interrupts a run here starts it again at once, and not after five minutes. */
    static final int LEASE_SECONDS = 60;

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Map<String, String>> overrides = new HashMap<>();

    /** The environment of a workspace whose sources lie in that folder. */
    LocalEnvironment(S3Uri source) {
        S3Uri bucket = LocalWorkspace.BUCKET;
        values.putAll(Map.of(
                "environment", NAME,
                "job_prefix", JOB_PREFIX,
                "source_root", source.toString(),
                "split_cluster_root", bucket.folder("split_cluster").toString(),
                "split_part_root", bucket.folder("split_part").toString(),
                "bucketed_root", bucket.folder("bucketed").toString(),
                "identity_root", bucket.folder("identity").toString(),
                "runs_root", LocalWorkspace.RUNS.toString(),
                "runs_bucket", LocalWorkspace.RUNS.bucket(),
                "runs_prefix", LocalWorkspace.RUNS.key()));
        values.putAll(Map.of(
                "staged_database",
                LocalSequenceCommand.DATABASE,
                "final_database",
                LocalSequenceCommand.DATABASE,
                "part_database",
                LocalSequenceCommand.DATABASE,
                "report_bucket",
                bucket.bucket(),
                "membership_id",
                RECORDED_MEMBERSHIP,
                "bucket_count",
                "256",
                "id_buckets",
                "0"));
        // There is no Athena on this machine, no topic, and no key.
        values.putAll(Map.of(
                "athena_workgroup",
                ArgumentRecord.ABSENT,
                "athena_results",
                ArgumentRecord.ABSENT,
                "sns_topic_arn",
                ArgumentRecord.ABSENT,
                "kms_key_id",
                ArgumentRecord.ABSENT));
        values.putAll(Map.of("start_command", "run-sequence/run local", "env_option", ""));
        values.putAll(Map.of(
                "clustered_mapping",
                ArgumentRecord.ABSENT,
                "partitioned_mapping",
                ArgumentRecord.ABSENT,
                "ids_mapping",
                ArgumentRecord.ABSENT));
        override("create-athena-bucketed-tables", "ENGINE", "spark");
        override("create-athena-bucketed-tables", "MAX_CONCURRENCY", "2");
        override("create-part-addressable-ids-er-table", "ENGINE", "spark");
        override("prepare-part-tables", "REPAIR", "catalog");
        override("generate-data-monitor-report", "FRESHNESS_DAYS", TEN_YEARS);
    }

    void value(String name, String value) {
        values.put(name, value);
    }

    void override(String job, String argument, String value) {
        overrides.computeIfAbsent(job, any -> new HashMap<>()).put(argument, value);
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** The settings of every job, here. */
    Map<String, JobSettings> jobs(Path home) {
        return JobSettings.read(home, values, overrides);
    }
}
