package com.omc.flywheel.common.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.omc.flywheel.common.notice.Notices;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MonitorMessageTest {
    private static final S3Uri FILE = S3Uri.parse("s3://reports/a.html");

    @Test
    void saysCauseTableAndWhatToRunNext() {
        MonitorMessage message = MonitorMessage.of(
                "Monitor",
                report(List.of(
                        new Alert(Severity.ERROR, MonitorCheck.ROWS, "lake.ext_ibe_01", "a cause", "run a job"))),
                List.of(FILE));

        assertThat(message.subject()).isEqualTo("Monitor: 1 errors, 0 warnings");
        assertThat(message.text().lines())
                .containsExactly(
                        "Monitor: 1 errors, 0 warnings in 0 tables",
                        "",
                        "error lake.ext_ibe_01 (rows)",
                        "  cause: a cause",
                        "  next: run a job",
                        "",
                        "report:",
                        "s3://reports/a.html");
    }

    /** Amazon SNS takes no more. */
    @Test
    void keepsToWhatATopicTakes() {
        List<Alert> many = IntStream.range(0, 2_000)
                .mapToObj(i -> new Alert(
                        Severity.ERROR, MonitorCheck.ROWS, "lake.ext_" + i, "\u00e4".repeat(100), "run a job"))
                .toList();

        MonitorMessage message = MonitorMessage.of("M".repeat(100), report(many), List.of(FILE));

        assertThat(message.subject()).hasSize(Notices.LONGEST_SUBJECT);
        assertThat(message.text().getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(Notices.LONGEST_MESSAGE_BYTES - 4096, Notices.LONGEST_MESSAGE_BYTES);
        assertThat(message.text()).contains("more, which the report has").endsWith("s3://reports/a.html\n");
    }

    private static MonitorReport report(List<Alert> alerts) {
        return new MonitorReport(
                Instant.EPOCH,
                Observed.options(),
                List.of(),
                List.of(),
                new FreshnessCheck(Observed.NOVEMBER.day(), 45),
                List.of(),
                alerts,
                List.of());
    }
}
