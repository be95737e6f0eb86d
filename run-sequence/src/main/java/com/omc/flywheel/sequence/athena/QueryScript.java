package com.omc.flywheel.sequence.athena;

import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a query.
 *
 * @param states what GetQueryExecution shows, one call after the other; the last one stays
 * @param failure why it failed, when FAILED is one of them
 * @param effect happens once, before SUCCEEDED is shown for the first time
 * @param refusal when present, the query is not even started
 */
public record QueryScript(
        List<QueryState> states, Optional<QueryFailure> failure, QueryEffect effect, Optional<AwsJsonError> refusal) {
    private static final QueryEffect NOTHING = (sql, queryId) -> {};

    public QueryScript {
        states = List.copyOf(states);
        if (states.isEmpty()) {
            throw new IllegalArgumentException("a query has one state at least");
        }
        if (states.subList(0, states.size() - 1).stream().anyMatch(QueryState::isFinal)) {
            throw new IllegalArgumentException("no state follows a final one: " + states);
        }
        if (failure.isPresent() != states.contains(QueryState.FAILED)) {
            throw new IllegalArgumentException("a query has a failure when it ends as FAILED: " + states);
        }
    }

    /** These states; a last one that is not final stays for ever. */
    public static QueryScript showing(QueryState... states) {
        return new QueryScript(List.of(states), Optional.empty(), NOTHING, Optional.empty());
    }

    /** Queued, running, done. */
    public static QueryScript succeeding() {
        return showing(QueryState.QUEUED, QueryState.RUNNING, QueryState.SUCCEEDED);
    }

    /** Queued, running, failed. */
    public static QueryScript failing(QueryFailure failure) {
        return new QueryScript(
                List.of(QueryState.QUEUED, QueryState.RUNNING, QueryState.FAILED),
                Optional.of(failure),
                NOTHING,
                Optional.empty());
    }

    /** StartQueryExecution answers with an error. */
    public static QueryScript refused(AwsJsonError error) {
        return new QueryScript(List.of(QueryState.QUEUED), Optional.empty(), NOTHING, Optional.of(error));
    }

    /**
     * StartQueryExecution is refused as one too many.
     *
     * @param reason for example {@code CONCURRENT_QUERY_LIMIT_EXCEEDED}
     */
    public static QueryScript tooManyRequests(String reason) {
        return refused(AwsJsonError.ofCaller(
                        "TooManyRequestsException",
                        "You have exceeded the limit for the number of queries you can run concurrently")
                .with("Reason", reason));
    }

    /** This script with something that happens when the query succeeds. */
    public QueryScript withEffect(QueryEffect other) {
        return new QueryScript(states, failure, other, refusal);
    }
}
