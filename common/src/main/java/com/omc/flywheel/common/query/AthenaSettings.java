package com.omc.flywheel.common.query;

import com.omc.flywheel.common.storage.S3Uri;
import java.time.Duration;

/**
 * How queries are run in Athena.
 *
 * @param workgroup the workgroup
 * @param results the folder for results of queries; a workgroup that enforces its own takes no notice
 * @param shortestPoll the first wait between two looks at a query; later ones are longer
 * @param deadline how long a query may take, its waits in the queue counted; then it is stopped
 */
public record AthenaSettings(String workgroup, S3Uri results, Duration shortestPoll, Duration deadline) {}
