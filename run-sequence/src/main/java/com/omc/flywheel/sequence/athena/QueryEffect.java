package com.omc.flywheel.sequence.athena;

/** What a query that succeeds leaves behind; a test does it in the query's place. */
@FunctionalInterface
public interface QueryEffect {
    void happen(String sql, String queryId);
}
