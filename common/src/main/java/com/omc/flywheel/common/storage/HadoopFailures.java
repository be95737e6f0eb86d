package com.omc.flywheel.common.storage;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Finds what the store itself refused in an exception that came through Hadoop's S3A or through Spark. */
public final class HadoopFailures {
    private static final Pattern MACHINE_LACKS =
            Pattern.compile("No space left on device|Too many open files|Disk quota exceeded|Cannot allocate memory");
    // S3A wraps these as bad requests: Amazon S3 API reference, "Error responses".
    private static final Pattern CREDENTIALS = Pattern.compile("ExpiredToken|InvalidToken|TokenRefreshRequired");
    private static final Set<String> S3A_FAULTS = Set.of(
            "AWSServiceThrottledException",
            "AWSStatus500Exception",
            "AWSApiCallTimeoutException",
            "AWSNoResponseException",
            "AWSS3IOException",
            "AWSClientIOException",
            "ConnectTimeoutException",
            "UnknownStoreException");

    private HadoopFailures() {}

    /**
     * The failure when the store refused or did not answer; empty when it answered and something else is wrong.
     *
     * @param doing what was being done to what, for example {@code writing table IBE_01}
     */
    public static Optional<JobFailure> ofStorage(String doing, Throwable error) {
        for (Throwable cause : chain(error)) {
            String said = firstLine(cause);
            if (cause instanceof IOException && MACHINE_LACKS.matcher(said).find()) {
                return Optional.of(new JobFailure(
                        FailureKind.ENVIRONMENT,
                        "%s: the machine lacks something (%s); give it more, then start the job again"
                                .formatted(doing, said),
                        error));
            }
            if (cause instanceof AccessDeniedException
                    || CREDENTIALS.matcher(said).find()) {
                return Optional.of(new JobFailure(
                        FailureKind.ACCESS_DENIED,
                        "%s: the store refused it (%s); allow the action on this path for the job's role, or renew its credentials"
                                .formatted(doing, said),
                        error));
            }
            if (wentAway(cause)) {
                return Optional.of(new JobFailure(
                        FailureKind.CONFLICT,
                        "%s: something went away or changed while the job ran (%s); start the job again when nothing else writes there"
                                .formatted(doing, said),
                        error));
            }
            if (didNotAnswer(cause)) {
                return Optional.of(new JobFailure(
                        FailureKind.SERVICE,
                        "%s: the store did not answer as it should (%s); start the job again".formatted(doing, said),
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

    /** A file of the store; Spark's shuffle files on the local disk are another matter. */
    private static boolean wentAway(Throwable cause) {
        return (cause instanceof FileNotFoundException && firstLine(cause).contains("s3a://"))
                || cause.getClass().getSimpleName().equals("RemoteFileChangedException");
    }

    /** S3A's own exceptions are told by name, since hadoop-aws is not on every classpath. */
    private static boolean didNotAnswer(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof SocketTimeoutException
                || cause instanceof SSLException
                || S3A_FAULTS.contains(cause.getClass().getSimpleName());
    }
}
