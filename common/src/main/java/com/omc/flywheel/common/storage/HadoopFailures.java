package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Finds what the store itself refused in an exception that came through Hadoop's S3A or through Spark. */
public final class HadoopFailures {
    private HadoopFailures() {}

    /**
     * The failure when the store refused or did not answer; empty when it answered and something else is wrong.
     *
     * @param doing what was being done to what, for example {@code writing table IBE_01}
     */
    public static Optional<JobFailure> ofStorage(String doing, Throwable error) {
        for (Throwable cause : chain(error)) {
            if (cause instanceof AccessDeniedException) {
                return Optional.of(new JobFailure(
                        FailureKind.ACCESS_DENIED,
                        "%s: the store refused it (%s); allow the action on this path for the job's role"
                                .formatted(doing, firstLine(cause)),
                        error));
            }
            if (cause instanceof FileNotFoundException) {
                return Optional.of(new JobFailure(
                        FailureKind.CONFLICT,
                        "%s: something went away or changed while the job ran (%s); start the job again when nothing else writes there"
                                .formatted(doing, firstLine(cause)),
                        error));
            }
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException
                    || isS3aServiceFault(cause)) {
                return Optional.of(new JobFailure(
                        FailureKind.SERVICE,
                        "%s: the store did not answer (%s); start the job again".formatted(doing, firstLine(cause)),
                        error));
            }
        }
        return Optional.empty();
    }

    /** The exception and its causes, outermost first. */
    public static List<Throwable> chain(Throwable error) {
        IdentityHashMap<Throwable, Boolean> seen = new IdentityHashMap<>();
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && seen.put(cause, true) == null; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** The first line of an exception's message, or its class where it has none. */
    public static String firstLine(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank()
                ? error.getClass().getSimpleName()
                : message.lines().findFirst().orElseThrow();
    }

    /** S3A's own exceptions for throttling, 5xx and timeouts; by name, since hadoop-aws is not on every classpath. */
    private static boolean isS3aServiceFault(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return name.equals("AWSServiceThrottledException")
                || name.equals("AWSStatus500Exception")
                || name.equals("AWSApiCallTimeoutException")
                || name.equals("AWSNoResponseException")
                || (cause instanceof InterruptedIOException && name.equals("ConnectTimeoutException"));
    }
}
