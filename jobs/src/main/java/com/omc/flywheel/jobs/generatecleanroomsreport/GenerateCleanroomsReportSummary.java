package com.omc.flywheel.jobs.generatecleanroomsreport;

import com.omc.flywheel.common.collaboration.Change;
import com.omc.flywheel.common.collaboration.CollaborationReport;
import com.omc.flywheel.common.collaboration.Missing;
import com.omc.flywheel.common.collaboration.Readiness.Verdict;
import com.omc.flywheel.common.collaboration.TableReport;
import com.omc.flywheel.common.job.JobSummary;
import com.omc.flywheel.common.storage.S3Uri;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a report says, in short.
 *
 * @param written the files, in the order of their writing
 */
record GenerateCleanroomsReportSummary(CollaborationReport report, List<Change> changes, List<S3Uri> written)
        implements JobSummary {
    GenerateCleanroomsReportSummary {
        changes = List.copyOf(changes);
        written = List.copyOf(written);
    }

    @Override
    public String render() {
        String notReady = report.tables().stream()
                .filter(one -> !one.readiness().isReady())
                .map(one -> "  %s: %s%n".formatted(one.name(), missing(one)))
                .collect(Collectors.joining());
        String files = written.stream().map(S3Uri::toString).collect(Collectors.joining("\n"));
        return "%d of %d tables can be asked; %d things to look at; %s%n%s%s%n"
                .formatted(
                        report.count(Verdict.READY),
                        report.tables().size(),
                        report.findings().size(),
                        report.state()
                                .earlier()
                                .orElse(Optional.empty())
                                .map(earlier -> "changes since %s: %d".formatted(earlier.file(), changes.size()))
                                .orElse("no earlier report to compare with"),
                        notReady,
                        files);
    }

    private static String missing(TableReport table) {
        return table.readiness().missing().isEmpty()
                ? "could not be read"
                : table.readiness().missing().stream().map(Missing::what).collect(Collectors.joining("; "));
    }
}
