package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.report.ReportOutput;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.Locale;

/** Plans the jobs that write reports: which files; what they would say is known when everything before them has run. */
final class ReportPlan implements StepPlanner {
    @Override
    public void plan(PlannedJob job, PlanText text) {
        ReportOutput output = ReportOutput.valueOf(job.text("OUTPUT").toUpperCase(Locale.ROOT));
        String report = S3Uri.parse("s3://%s/".formatted(job.text("REPORT_BUCKET")))
                .resolve(job.text("REPORT_PREFIX"))
                .asFolder()
                .file(job.text("REPORT_NAME") + "_")
                .toString();
        text.line("changes no table and writes:");
        if (output.includes(ReportOutput.JSON)) {
            text.line("  %s<time>.json".formatted(report));
        }
        if (output.includes(ReportOutput.CSV)) {
            text.line("  %s<time>_<table of the report>.csv".formatted(report));
        }
        if (output.includes(ReportOutput.HTML)) {
            text.line("  %s<time>.html".formatted(report));
        }
        job.optional("SNS_TOPIC_ARN").ifPresent(topic -> text.line("tells %s of what it finds".formatted(topic)));
    }
}
