package com.omc.flywheel.sequence.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
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
        add(new Rule(target, request -> true, number -> true, fault));
    }

    /** Every request of an operation that asks for something in particular. */
    public void onEvery(String target, Predicate<JsonNode> request, RequestFault fault) {
        add(new Rule(target, request, number -> true, fault));
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
        add(new Rule(target, request -> true, number -> number >= first && number <= last, fault));
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
                found = Optional.of(rule.fault);
            }
        }
        return found;
    }

    private static final class Rule {
        private final String target;
        private final Predicate<JsonNode> request;
        private final IntPredicate numbers;
        private final RequestFault fault;
        private int seen;

        Rule(String target, Predicate<JsonNode> request, IntPredicate numbers, RequestFault fault) {
            this.target = target;
            this.request = request;
            this.numbers = numbers;
            this.fault = fault;
        }

        boolean takes(String otherTarget, JsonNode otherRequest) {
            if (!target.equals(otherTarget) || !request.test(otherRequest)) {
                return false;
            }
            seen++;
            return numbers.test(seen);
        }
    }
}
