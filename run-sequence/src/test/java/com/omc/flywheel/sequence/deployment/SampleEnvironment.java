package com.omc.flywheel.sequence.deployment;

import java.util.Map;
import java.util.TreeMap;

/** Values of the form that an environment has, for the placeholders of the settings and of the sequences. */
record SampleEnvironment(String name, Map<String, String> settings, Map<String, String> sequences) {

    /** The least that there can be: what an environment may do without is absent. */
    static SampleEnvironment dev() {
        return of("dev", "_NONE_", "_NONE_", "0");
    }

    static SampleEnvironment prod() {
        return of(
                "prod",
                "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
                "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
                "64");
    }

    private static SampleEnvironment of(String name, String membership, String key, String idBuckets) {
        String lake = "s3://flywheel-%s-lake/".formatted(name);
        String topic = "arn:aws:sns:eu-west-1:111122223333:flywheel-" + name;
        Map<String, String> settings = new TreeMap<>(Map.of(
                "source_root", "s3://flywheel-%s-source/opus/".formatted(name),
                "split_cluster_root", lake + "split_cluster/",
                "split_part_root", lake + "split_part/",
                "bucketed_root", lake + "bucketed/",
                "identity_root", lake + "identity/",
                "runs_root", lake + "runs/",
                "clustered_mapping", "s3://flywheel-%s-code/mapping/clustered.csv".formatted(name),
                "partitioned_mapping", "s3://flywheel-%s-code/mapping/partitioned.csv".formatted(name),
                "ids_mapping", "s3://flywheel-%s-code/mapping/ids.csv".formatted(name)));
        settings.putAll(Map.of(
                "staged_database", "flywheel_staged_" + name,
                "final_database", "flywheel_bucketed_" + name,
                "part_database", "flywheel_part_" + name,
                "athena_workgroup", "flywheel-" + name,
                "athena_results", "s3://flywheel-%s-results/athena/".formatted(name),
                "report_bucket", "flywheel-%s-reports".formatted(name)));
        settings.putAll(Map.of(
                "membership_id",
                membership,
                "sns_topic_arn",
                topic,
                "kms_key_id",
                key,
                "bucket_count",
                "256",
                "id_buckets",
                idBuckets));
        return new SampleEnvironment(
                name,
                settings,
                Map.of(
                        "job_prefix",
                        "etl-omc-flywheel-%s-".formatted(name),
                        "environment",
                        name,
                        "start_command",
                        "run-sequence/run aws",
                        "env_option",
                        " --env " + name,
                        "sns_topic_arn",
                        topic,
                        "runs_bucket",
                        "flywheel-%s-lake".formatted(name),
                        "runs_prefix",
                        "runs/",
                        "runs_root",
                        lake + "runs/",
                        "split_cluster_root",
                        lake + "split_cluster/",
                        "split_part_root",
                        lake + "split_part/"));
    }
}
