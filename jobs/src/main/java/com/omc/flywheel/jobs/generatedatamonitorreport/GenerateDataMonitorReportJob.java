package com.omc.flywheel.jobs.generatedatamonitorreport;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.page.HtmlPage;
import com.omc.flywheel.common.quality.Alert;
import com.omc.flywheel.common.quality.DataMonitor;
import com.omc.flywheel.common.quality.MonitorMessage;
import com.omc.flywheel.common.quality.MonitorReport;
import com.omc.flywheel.common.quality.Severity;
import com.omc.flywheel.common.report.ReportContent;
import com.omc.flywheel.common.report.ReportFiles;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares catalog, manifests and files of every table, writes what it finds as a report, tells a topic of it, and fails
 * when it is told to. The tables are read and never changed.
 */
public final class GenerateDataMonitorReportJob {
    private static final Logger LOG = LoggerFactory.getLogger(GenerateDataMonitorReportJob.class);
    private static final String TABLES = "Tables";
    /** How many alerts the failure names; the report has all. */
    private static final int NAMED = 3;

    public static final JobDefinition<?> DEFINITION = new JobDefinition<>(
            "generate-data-monitor-report",
            "compares catalog, manifests and files of every table, and writes what is not as it should be as a report.",
            GenerateDataMonitorReportArguments.class,
            GenerateDataMonitorReportJob.class,
            GenerateDataMonitorReportJob::run);

    private GenerateDataMonitorReportJob() {}

    public static void main(String[] args) {
        DEFINITION.launch(args);
    }

    static JobSummary run(GenerateDataMonitorReportArguments arguments, JobContext context) {
        ReportFiles series = arguments.reportFiles(context);
        MonitorReport report =
                DataMonitor.of(context, arguments.options(), series::earlier).look();
        List<S3Uri> files = series.write(
                arguments.output(),
                new ReportContent(
                        report.json(),
                        List.of(new ReportContent.Table(TABLES, report.tablesCsv())),
                        HtmlPage.render(report.page())));
        GenerateDataMonitorReportSummary summary = new GenerateDataMonitorReportSummary(report, files);
        tell(arguments, context, summary);
        if (arguments.failOn().isMetBy(report)) {
            LOG.info("{}", summary.render());
            throw failure(summary);
        }
        return summary;
    }

    private static void tell(
            GenerateDataMonitorReportArguments arguments,
            JobContext context,
            GenerateDataMonitorReportSummary summary) {
        if (arguments.snsTopicArn().isEmpty() || summary.report().alerts().isEmpty()) {
            return;
        }
        String topic = arguments.snsTopicArn().get().value();
        MonitorMessage message = MonitorMessage.of(arguments.reportName().value(), summary.report(), summary.files());
        try {
            context.services().notices().publish(topic, message.subject(), message.text());
        } catch (JobFailure unsent) {
            throw new JobFailure(
                    unsent.kind(),
                    "--SNS_TOPIC_ARN %s was not told of %d errors and %d warnings (%s); they are in the report: %s"
                            .formatted(
                                    topic,
                                    summary.report().count(Severity.ERROR),
                                    summary.report().count(Severity.WARNING),
                                    unsent.getMessage(),
                                    names(summary.files())),
                    unsent);
        }
    }

    private static JobFailure failure(GenerateDataMonitorReportSummary summary) {
        MonitorReport report = summary.report();
        return JobFailure.ofAll(
                FailureKind.BAD_DATA,
                "%d errors and %d warnings in %d tables; all are in the report %s; the worst:"
                        .formatted(
                                report.count(Severity.ERROR),
                                report.count(Severity.WARNING),
                                report.tables(),
                                names(summary.files())),
                report.alerts().stream().limit(NAMED).map(Alert::toString).toList());
    }

    private static String names(List<S3Uri> files) {
        return files.stream().map(S3Uri::toString).collect(Collectors.joining(", "));
    }
}
