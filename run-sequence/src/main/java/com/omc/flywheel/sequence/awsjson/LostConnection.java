package com.omc.flywheel.sequence.awsjson;

/** The caller is to get no answer: its connection is closed instead. */
public final class LostConnection extends Exception {
    private static final long serialVersionUID = 1L;

    public LostConnection() {
        super("no answer is sent");
    }
}
