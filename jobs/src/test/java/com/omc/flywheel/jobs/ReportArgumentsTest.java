package com.omc.flywheel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.omc.flywheel.common.arguments.Argument;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobContext;
import com.omc.flywheel.common.report.ReportFiles;
import com.omc.flywheel.common.report.ReportName;
import com.omc.flywheel.common.report.ReportOutput;
import com.omc.flywheel.common.storage.BucketName;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportArgumentsTest {
    private static final BucketName REPORTS = BucketName.parse("my-reports");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-11-02T03:15:59Z"), ZoneOffset.UTC);

    /** A record as a job has it. */
    record Sample(
            @Argument(help = "The bucket.", example = "my-reports") BucketName reportBucket,
            @Argument(help = "The folder.", example = "daily/", defaultValue = "reports/") String reportPrefix,
            @Argument(help = "The name.", example = "monitor") ReportName reportName,
            @Argument(help = "The forms.", example = "html", defaultValue = "all") ReportOutput output)
            implements ReportArguments {
        Sample {
            reportPrefix = ReportArguments.folder(reportBucket, reportPrefix);
        }
    }

    @Test
    void sayWhereTheFilesOfAReportGo() {
        Sample arguments = read("--REPORT_BUCKET", "my-reports", "--REPORT_NAME", "monitor", "--REPORT_PREFIX", "/a/b");
        JobContext context = new JobContext(null, null, null, null, null, null, CLOCK, null, "", null, null, "");

        ReportFiles files = arguments.reportFiles(context);

        assertThat(arguments.reportPrefix()).isEqualTo("a/b/");
        assertThat(files.json()).hasToString("s3://my-reports/a/b/monitor_20251102_031559.json");
    }

    @Test
    void areReadInAnyCaseWithTheirDefaults() {
        Sample arguments = read("--REPORT_BUCKET", "my-reports", "--REPORT_NAME", "monitor", "--OUTPUT", "Html");

        assertThat(arguments).isEqualTo(new Sample(REPORTS, "reports/", new ReportName("monitor"), ReportOutput.HTML));
    }

    @Test
    void nameTheArgumentThatIsWrong() {
        assertThatThrownBy(() ->
                        read("--REPORT_BUCKET", "my-reports", "--REPORT_NAME", "monitor", "--REPORT_PREFIX", "a/../b"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("--REPORT_PREFIX: a key may not have the part \"..\"");
        assertThatThrownBy(() -> read("--REPORT_BUCKET", "s3://my-reports/a", "--REPORT_NAME", "a b"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("--REPORT_BUCKET: expected the name of a bucket alone")
                .hasMessageContaining("--REPORT_NAME: expected the name of a report");
    }

    @ParameterizedTest
    @CsvSource({"reports,reports/", "reports/,reports/", "/reports/daily,reports/daily/", "/,''", "'',''"})
    void haveAFolderWithASlashAtItsEndOnly(String prefix, String folder) {
        assertThat(ReportArguments.folder(REPORTS, prefix)).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://my-reports/daily/", "s3a://x"})
    void refuseAPathInPlaceOfAFolder(String prefix) {
        assertThatThrownBy(() -> ReportArguments.folder(REPORTS, prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--REPORT_PREFIX: expected a folder in the bucket like reports/, got \"%s\"; the bucket is --REPORT_BUCKET",
                        prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "a//b", "a//"})
    void refuseAFolderWithAnEmptyPart(String prefix) {
        assertThatThrownBy(() -> ReportArguments.folder(REPORTS, prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--REPORT_PREFIX: ")
                .hasMessageContaining("has an empty part");
    }

    private static Sample read(String... tokens) {
        return new ArgumentRecord<>(Sample.class)
                .read("sample", List.of(tokens))
                .arguments();
    }
}
