package com.omc.flywheel.sequence.asl;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * An entry of Retry: which errors it is for, how often, and how long the wait before each attempt is.
 *
 * @param errors names of errors
 * @param interval the wait before the first retry
 * @param mostRetries how many retries there are
 * @param backOffRate what the wait is multiplied with for each further retry
 * @param longest what a wait never exceeds
 * @param fullJitter whether a wait is a random part of what it would be (JitterStrategy FULL)
 */
record Retrier(
        List<String> errors,
        Duration interval,
        int mostRetries,
        double backOffRate,
        Optional<Duration> longest,
        boolean fullJitter) {
    /** The defaults of the specification. */
    static final int DEFAULT_INTERVAL_SECONDS = 1;

    static final int DEFAULT_RETRIES = 3;
    static final double DEFAULT_BACK_OFF_RATE = 2.0;

    /** The specification's bound of MaxDelaySeconds. */
    static final int LONGEST_SECONDS = 31_622_400;

    private static final double MILLIS_OF_A_SECOND = 1000;

    Retrier {
        errors = List.copyOf(errors);
    }

    boolean isFor(String error) {
        return ErrorName.matches(errors, error);
    }

    /** The wait before a retry, which is numbered from 1. */
    Duration delay(int retry, RandomGenerator random) {
        // Growing from one attempt to the next, a wait would soon be more than a duration holds.
        double seconds = Math.min(
                interval.toSeconds() * Math.pow(backOffRate, retry - 1.0),
                longest.map(Duration::toSeconds).orElse((long) LONGEST_SECONDS).doubleValue());
        double share = fullJitter ? random.nextDouble() : 1.0;
        return Duration.ofMillis(Math.round(seconds * share * MILLIS_OF_A_SECOND));
    }
}
