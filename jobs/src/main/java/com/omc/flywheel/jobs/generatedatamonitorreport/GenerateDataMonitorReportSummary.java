package com.omc.flywheel.jobs.generatedatamonitorreport;

import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.quality.MonitorReport;
import com.omc.flywheel.common.quality.Severity;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;

/**
 * What was found, the findings first and the success criteria last.
 *
 * @param files where the report lies
 */
record GenerateDataMonitorReportSummary(MonitorReport report, List<S3Uri> files) implements JobSummary {
    GenerateDataMonitorReportSummary {
        files = List.copyOf(files);
    }

    @Override
    public String render() {
        StringBuilder text = new StringBuilder("looked at %d tables: %d errors, %d warnings%n"
                .formatted(report.tables(), report.count(Severity.ERROR), report.count(Severity.WARNING)));
        report.alerts().forEach(alert -> text.append("%s%n".formatted(alert)));
        files.forEach(file -> text.append("report: %s%n".formatted(file)));
        report.criteria().forEach(criterion -> text.append("%s%n".formatted(criterion)));
        return text.toString();
    }
}
