package com.omc.flywheel.sequence.faults;

import java.io.IOException;

/** Throws what an interceptor may not declare. */
final class Thrown {
    private Thrown() {}

    /** Wrapped, it would not be what the HTTP client throws, and the SDK would decide otherwise about a retry. */
    static RuntimeException asIs(IOException failure) {
        Thrown.<RuntimeException>raise(failure);
        throw new AssertionError("raise returned", failure);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void raise(IOException failure) throws E {
        throw (E) failure;
    }
}
