package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.notice.Notices;
import com.omc.flywheel.common.storage.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is sent about a report: for each alert its cause, its table and what to run next, the worst first.
 *
 * @param subject as {@link Notices} takes it
 * @param text as {@link Notices} takes it
 */
public record MonitorMessage(String subject, String text) {
    /** For the words between the alerts and the list of files. */
    private static final int SPARE_BYTES = 1024;

    /**
     * The message of a report that has alerts.
     *
     * @param name of the report
     * @param files where it lies
     */
    public static MonitorMessage of(String name, MonitorReport report, List<S3Uri> files) {
        String title = "%s: %d errors, %d warnings"
                .formatted(name, report.count(Severity.ERROR), report.count(Severity.WARNING));
        StringBuilder text =
                new StringBuilder(title).append(" in ").append(report.tables()).append(" tables\n\n");
        StringBuilder end = new StringBuilder("\nreport:\n");
        files.forEach(file -> end.append(file).append('\n'));
        int room = Notices.LONGEST_MESSAGE_BYTES - SPARE_BYTES - bytes(text) - bytes(end);
        int told = 0;
        for (Alert alert : report.alerts()) {
            String one = "%s %s (%s)%n  cause: %s%n  next: %s%n"
                    .formatted(alert.severity(), alert.subject(), alert.check(), alert.cause(), alert.next());
            room -= bytes(one);
            if (room < 0) {
                break;
            }
            text.append(one);
            told++;
        }
        int left = report.alerts().size() - told;
        if (left > 0) {
            text.append("and %,d more, which the report has%n".formatted(left));
        }
        return new MonitorMessage(subject(title), text.append(end).toString());
    }

    private static String subject(String title) {
        String ascii = title.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= Notices.LONGEST_SUBJECT ? ascii : ascii.substring(0, Notices.LONGEST_SUBJECT);
    }

    private static int bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
