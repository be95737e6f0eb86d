package com.omc.flywheel.common.catalog;

import com.omc.flywheel.common.publish.RunId;
import com.omc.flywheel.common.snapshot.SnapshotDate;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a table of ours comes from, as its parameters say: what makes it ours, and what jobs after the one that made it go
 * by.
 *
 * @param job the job that describes the table; no other may
 * @param dataSet the root of the data set that its rows come from
 * @param folder the table's name in that data set
 * @param snapshot the snapshot that it holds, or the newest one of a time series
 * @param run the run that wrote its files
 * @param mappingSha256 the checksum of the mapping that cut it; empty when there was none
 * @param jarVersion the version of the program
 */
public record TableOrigin(
        String job,
        S3Uri dataSet,
        String folder,
        SnapshotDate snapshot,
        RunId run,
        String mappingSha256,
        String jarVersion) {
    private static final String PREFIX = "flywheel.";
    private static final String JOB = PREFIX + "job";
    private static final String DATA_SET = PREFIX + "data_set";
    private static final String FOLDER = PREFIX + "table";
    private static final String SNAPSHOT = PREFIX + "snapshot_dt";
    private static final String RUN = PREFIX + "run";
    private static final String MAPPING = PREFIX + "mapping_sha256";
    private static final String JAR = PREFIX + "jar_version";
    /** Where Athena, Hive and Spark look for what a person is to read. */
    private static final String COMMENT = "comment";

    /** What a person reads; the same text is the table's description. */
    public String comment() {
        return "%s=%s; run=%s".formatted(SnapshotDate.COLUMN, snapshot, run);
    }

    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(COMMENT, comment());
        parameters.put(JOB, job);
        parameters.put(DATA_SET, dataSet.toString());
        parameters.put(FOLDER, folder);
        parameters.put(SNAPSHOT, snapshot.toString());
        parameters.put(RUN, run.toString());
        parameters.put(MAPPING, mappingSha256);
        parameters.put(JAR, jarVersion);
        return parameters;
    }

    /** The job that says that it describes the table; empty for a table that is not ours. */
    public static Optional<String> jobOf(StoredTable table) {
        return Optional.ofNullable(table.parameters().get(JOB));
    }

    /** Where a table comes from; empty when it does not say, or not as this program does. */
    public static Optional<TableOrigin> of(StoredTable table) {
        Map<String, String> stored = table.parameters();
        try {
            return Optional.of(new TableOrigin(
                    required(stored, JOB),
                    S3Uri.parse(required(stored, DATA_SET)),
                    required(stored, FOLDER),
                    SnapshotDate.parse(required(stored, SNAPSHOT)),
                    new RunId(required(stored, RUN)),
                    stored.getOrDefault(MAPPING, ""),
                    stored.getOrDefault(JAR, "")));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String required(Map<String, String> stored, String name) {
        String value = stored.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no parameter " + name);
        }
        return value;
    }
}
