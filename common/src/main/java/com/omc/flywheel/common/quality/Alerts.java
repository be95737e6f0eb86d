package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.quality.TableContents.UnreadFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The findings on one subject while its checks are made. */
final class Alerts {
    private final String subject;
    private final List<Alert> found = new ArrayList<>();

    Alerts(String subject) {
        this.subject = subject;
    }

    void error(MonitorCheck check, String cause, String next) {
        found.add(new Alert(Severity.ERROR, check, subject, cause, next));
    }

    void warning(MonitorCheck check, String cause, String next) {
        found.add(new Alert(Severity.WARNING, check, subject, cause, next));
    }

    /** The result of a check; empty when it could not be made, which is a finding of its own. */
    <T> Optional<T> unlessRefused(MonitorCheck check, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (JobFailure failure) {
            refused(check, failure);
            return Optional.empty();
        }
    }

    /** One reason that keeps several checks from being made is one finding. */
    void refused(MonitorCheck check, JobFailure failure) {
        String cause = "could not be checked: " + failure.getMessage();
        if (found.stream().noneMatch(alert -> alert.cause().equals(cause))) {
            found.add(new Alert(
                    Severity.ERROR, check, subject, cause, next(failure.kind()), Optional.of(failure.kind())));
        }
    }

    /** Files that are there and tell nothing. */
    void unreadable(int some, int all, UnreadFile first) {
        found.add(new Alert(
                Severity.ERROR,
                MonitorCheck.FILES,
                subject,
                "%d of its %d files cannot be read: %s".formatted(some, all, first.problem()),
                next(first.kind()),
                Optional.of(first.kind())));
    }

    boolean has(MonitorCheck check) {
        return found.stream().anyMatch(alert -> alert.check() == check);
    }

    boolean hasError(MonitorCheck check) {
        return found.stream().anyMatch(alert -> alert.check() == check && alert.severity() == Severity.ERROR);
    }

    List<Alert> all() {
        return List.copyOf(found);
    }

    static String next(FailureKind kind) {
        if (kind == FailureKind.ACCESS_DENIED) {
            return "grant what the refusal names to the role of this job, then run it again";
        }
        return kind.worthRetrying() ? "run this job again" : "mend what the failure names, then run this job again";
    }
}
