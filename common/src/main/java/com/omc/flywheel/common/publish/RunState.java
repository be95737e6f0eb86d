package com.omc.flywheel.common.publish;

import java.util.Locale;
import java.util.Set;

/**
 * How far a run has come in publishing; {@link Publication} makes the transitions, and only these.
 *
 * <p>Each state that a run reaches is a mark in the journal that is created once and never changed.
 */
enum RunState {
    /** The run may have begun uploads, which nobody sees. */
    PREPARED,
    /** The run's files may be visible, some or all of them, beside those that they replace. */
    COMMITTING,
    /** The run's files are the data set; those that they replace are gone. */
    DONE,
    /** The run's files are gone; those that were there before are the data set. */
    UNDONE;

    /** The states that may follow. */
    Set<RunState> next() {
        return switch (this) {
            case PREPARED -> Set.of(COMMITTING, UNDONE);
            case COMMITTING -> Set.of(DONE, UNDONE);
            case DONE, UNDONE -> Set.of();
        };
    }

    boolean isFinal() {
        return next().isEmpty();
    }

    String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".json";
    }
}
