package com.omc.flywheel.common.quality;

import com.omc.flywheel.common.failure.FailureKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * A finding that somebody should act on: names, counts and sizes, never a cell or a key. The worst come first.
 *
 * @param severity how bad it is
 * @param check what it is about
 * @param subject the table, data set or database
 * @param cause what is wrong, as a clause
 * @param next what to do, as a sentence without a full stop
 * @param refusal why the check could not be made; empty when it was
 */
public record Alert(
        Severity severity, MonitorCheck check, String subject, String cause, String next, Optional<FailureKind> refusal)
        implements Comparable<Alert> {
    private static final Comparator<Alert> WORST_FIRST = Comparator.comparing(Alert::severity)
            .thenComparing(Alert::check)
            .thenComparing(Alert::subject)
            .thenComparing(Alert::cause);

    /** A finding of a check that was made. */
    public Alert(Severity severity, MonitorCheck check, String subject, String cause, String next) {
        this(severity, check, subject, cause, next, Optional.empty());
    }

    @Override
    public int compareTo(Alert other) {
        return WORST_FIRST.compare(this, other);
    }

    /** One line for a log or a message. */
    @Override
    public String toString() {
        return "%s: %s, %s: %s; next: %s".formatted(severity, subject, check, cause, next);
    }
}
