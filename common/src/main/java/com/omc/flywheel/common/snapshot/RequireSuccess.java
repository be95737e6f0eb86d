package com.omc.flywheel.common.snapshot;

/** Whether a snapshot must hold the marker {@code _SUCCESS} that its producer writes last. */
public enum RequireSuccess {
    /** Yes, if any snapshot beside it has one: then the producer is known to write it. */
    AUTO,
    /** Yes. */
    TRUE,
    /** No: the producer writes none. */
    FALSE
}
