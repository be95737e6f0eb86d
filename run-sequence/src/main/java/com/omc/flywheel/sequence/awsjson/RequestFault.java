package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What goes wrong with one request: it stands between the endpoint and the service, and may leave the service out. */
@FunctionalInterface
public interface RequestFault {
    /** The request as the service would take it. */
    @FunctionalInterface
    interface Effect {
        ObjectNode happen() throws AwsJsonError;
    }

    /**
     * Answers the request.
     *
     * @throws AwsJsonError what is answered instead
     * @throws LostConnection when nothing is to be answered
     * @throws InterruptedException when the endpoint is closed meanwhile; nothing is answered then
     */
    ObjectNode answer(Effect effect) throws AwsJsonError, LostConnection, InterruptedException;

    /** The request has no effect and is answered with an error. */
    static RequestFault refused(AwsJsonError error) {
        return effect -> {
            throw error;
        };
    }

    /** The services refuse so what comes too fast, with 400 in JSON 1.1 and 429 in REST; the SDK repeats it. */
    static RequestFault throttled() {
        return refused(AwsJsonError.ofCaller("ThrottlingException", "Rate exceeded"));
    }

    /**
     * What comes faster than a rate is throttled: within any second only so many requests have an effect.
     *
     * @param perSecond the rate; Clean Rooms allows 5 for most operations (AWS Clean Rooms User Guide, "Quotas")
     * @param nanoTime the time, as {@link System#nanoTime} tells it
     */
    static RequestFault throttledAbove(int perSecond, LongSupplier nanoTime) {
        RateLimit limit = new RateLimit(perSecond, nanoTime);
        return effect -> limit.admits() ? effect.happen() : throttled().answer(effect);
    }

    /** The service fails before it has done anything. */
    static RequestFault failedBeforeTheEffect() {
        return refused(internal());
    }

    /** The service does what is asked and answers 500 all the same. */
    static RequestFault failedAfterTheEffect() {
        return effect -> {
            effect.happen();
            throw internal();
        };
    }

    /** The service does what is asked, and the connection is closed without an answer. */
    static RequestFault answerLost() {
        return effect -> {
            effect.happen();
            throw new LostConnection();
        };
    }

    /** The service does what is asked, and the answer comes that much later. */
    static RequestFault answeredAfter(Duration delay) {
        return effect -> {
            ObjectNode answer = effect.happen();
            // A latch that nobody opens: the wait ends early when the endpoint is closed.
            boolean opened = new CountDownLatch(1).await(delay.toNanos(), TimeUnit.NANOSECONDS);
            if (opened) {
                throw new IllegalStateException("nobody opens this latch");
            }
            return answer;
        };
    }

    /** The service does what is asked, and answers when the latch opens. */
    static RequestFault answerHeldBy(CountDownLatch latch) {
        return effect -> {
            ObjectNode answer = effect.happen();
            latch.await();
            return answer;
        };
    }

    /** The service does what is asked when the latch opens. */
    static RequestFault effectHeldBy(CountDownLatch latch) {
        return effect -> {
            latch.await();
            return effect.happen();
        };
    }

    /**
     * IAM refuses, with the text that it has for a missing grant.
     *
     * @param action for example {@code glue:UpdateTable}
     * @param resource its ARN
     */
    static RequestFault deniedByIam(String action, String resource) {
        return refused(AwsJsonError.ofCaller(
                "AccessDeniedException",
                "User: arn:aws:sts::111122223333:assumed-role/etl/x is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action"
                        .formatted(action, resource, action)));
    }

    /**
     * Lake Formation refuses.
     *
     * @param permission for example {@code Alter}
     * @param resource the name alone, as Lake Formation gives it
     */
    static RequestFault deniedByLakeFormation(String permission, String resource) {
        return refused(AwsJsonError.ofCaller(
                "AccessDeniedException",
                "Insufficient Lake Formation permission(s): Required %s on %s".formatted(permission, resource)));
    }

    private static AwsJsonError internal() {
        return new AwsJsonError("InternalServiceException", 500, "the service failed (injected)");
    }
}
