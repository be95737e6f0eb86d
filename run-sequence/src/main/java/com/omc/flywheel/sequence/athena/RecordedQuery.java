package com.omc.flywheel.sequence.athena;

import java.util.List;
import java.util.Optional;

/**
 * A query that was started.
 *
 * @param token the ClientRequestToken, if there was one
 * @param resultLocation where its result goes, after the workgroup has had its say; empty when Athena keeps it
 * @param shown the states that were shown so far
 */
public record RecordedQuery(
        String id,
        String sql,
        Optional<String> token,
        String workgroup,
        Optional<String> resultLocation,
        List<QueryState> shown) {
    public RecordedQuery {
        shown = List.copyOf(shown);
    }
}
