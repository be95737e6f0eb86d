package com.omc.flywheel.common.progress;

/** Told by a job of the steps it takes; safe to call from several threads. */
public interface Progress {
    /** A phase of so many steps begins; the one before it is over. */
    void phase(String name, int steps);

    /** One step of the phase ended; the text says what it did, as a clause. */
    void step(String text);

    /** The last phase is over. */
    void done();
}
