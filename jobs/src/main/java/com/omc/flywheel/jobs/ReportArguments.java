package com.omc.flywheel.jobs;

import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.report.ReportFiles;
import com.omc.flywheel.common.report.ReportName;
import com.omc.flywheel.common.report.ReportOutput;
import com.omc.flywheel.common.storage.BucketName;

/** The arguments of a job that makes a report: where it goes, what it is called, and in which forms. */
public interface ReportArguments {
    BucketName reportBucket();

    /** The folder in the bucket as {@link #folder} gives it. */
    String reportPrefix();

    ReportName reportName();

    ReportOutput output();

    /** The files of a report that is made now: ask once, another call has another time. */
    default ReportFiles reportFiles(JobContext context) {
        return new ReportFiles(
                context.store(),
                reportBucket().folder(reportPrefix()),
                reportName(),
                context.clock().instant());
    }

    /**
     * A folder in a bucket, with a slash at its end and none before it; empty for the bucket itself. For the compact
     * constructors of the records.
     *
     * @throws IllegalArgumentException for what is no folder in the bucket, naming the argument
     */
    static String folder(BucketName bucket, String prefix) {
        if (prefix.contains("://")) {
            throw new IllegalArgumentException(
                    "--REPORT_PREFIX: expected a folder in the bucket like reports/, got \"%s\"; the bucket is --REPORT_BUCKET"
                            .formatted(prefix));
        }
        try {
            return bucket.folder(prefix.startsWith("/") ? prefix.substring(1) : prefix)
                    .key();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--REPORT_PREFIX: " + e.getMessage(), e);
        }
    }
}
