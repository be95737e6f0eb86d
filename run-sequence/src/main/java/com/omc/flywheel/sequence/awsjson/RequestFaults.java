package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Which requests of an endpoint meet which fault.
 *
 * <p>Requests are counted for each rule from when it was added, beginning with 1; every attempt of a client that repeats
 * itself counts. Of several rules for one request the first one added applies.
 */
public final class RequestFaults {
    private final List<Rule> rules = new ArrayList<>();

    /**
     * Every request of an operation.
     *
     * @param target for example {@code AWSGlue.UpdateTable}
     */
    public void onEvery(String target, RequestFault fault) {
        add(new Rule(target::equals, request -> true, number -> true, any -> fault));
    }

    /** Every request of an operation that asks for something in particular. */
    public void onEvery(String target, Predicate<JsonNode> request, RequestFault fault) {
        add(new Rule(target::equals, request, number -> true, any -> fault));
    }

    /** One request of an operation, counted from now on. */
    public void onCall(String target, int number, RequestFault fault) {
        onCalls(target, number, number, fault);
    }

    /** Some requests of an operation in a row, counted from now on. */
    public void onCalls(String target, int first, int last, RequestFault fault) {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("requests %d to %d: the first is 1".formatted(first, last));
        }
        add(new Rule(target::equals, request -> true, number -> number >= first && number <= last, any -> fault));
    }

    /**
     * Each operation of a service is throttled above a rate of its own, as {@link RequestFault#throttledAbove} does.
     *
     * @param targetPrefix the service, for example {@code CleanRooms}
     */
    public void onEveryAbove(String targetPrefix, int perSecond, LongSupplier nanoTime) {
        Map<String, RequestFault> limits = new HashMap<>();
        add(new Rule(
                target -> target.startsWith(targetPrefix + "."),
                request -> true,
                number -> true,
                target ->
                        limits.computeIfAbsent(target, operation -> RequestFault.throttledAbove(perSecond, nanoTime))));
    }

    /** Nothing goes wrong any more. */
    public synchronized void clear() {
        rules.clear();
    }

    private synchronized void add(Rule rule) {
        rules.add(rule);
    }

    synchronized Optional<RequestFault> next(String target, JsonNode request) {
        Optional<RequestFault> found = Optional.empty();
        for (Rule rule : rules) {
            if (rule.takes(target, request) && found.isEmpty()) {
                found = Optional.of(rule.fault.apply(target));
            }
        }
        return found;
    }

    private static final class Rule {
        private final Predicate<String> targets;
        private final Predicate<JsonNode> request;
        private final IntPredicate numbers;
        private final Function<String, RequestFault> fault;
        private int seen;

        Rule(
                Predicate<String> targets,
                Predicate<JsonNode> request,
                IntPredicate numbers,
                Function<String, RequestFault> fault) {
            this.targets = targets;
            this.request = request;
            this.numbers = numbers;
            this.fault = fault;
        }

        boolean takes(String otherTarget, JsonNode otherRequest) {
            if (!targets.test(otherTarget) || !request.test(otherRequest)) {
                return false;
            }
            seen++;
            return numbers.test(seen);
        }
    }
}
