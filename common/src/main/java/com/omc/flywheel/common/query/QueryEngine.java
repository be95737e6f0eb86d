package com.omc.flywheel.common.query;

import com.omc.flywheel.common.publish.RunId;
import java.util.function.Consumer;

/** The port to whatever runs statements; several threads may use one at a time. */
public interface QueryEngine {
    /**
     * Asks whether the engine and its settings take statements of this kind at all, before anything is done for one. An
     * engine that has nothing to ask does nothing.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure as {@link #run} would, before it begins a query
     */
    default void prepare(Statement statement) {}

    /**
     * Runs a statement to its end. Repeated with the same run, statement and attempt it is the same query, which is not
     * begun twice.
     *
     * @param run for whom
     * @param started is told the engine's id of the query as soon as there is one, before the end is waited for: whoever
     *     finds it later can {@link #stop} it
     * @throws com.omc.flywheel.common.failure.JobFailure with the engine's own words and the query's id: BAD_DATA for a
     *     statement that fails by what it reads, ENVIRONMENT for one that this engine or its settings cannot run, SERVICE
     *     when it did not end before the deadline or the engine was at fault until the retries were used up
     */
    void run(Statement statement, RunId run, Consumer<String> started);

    /**
     * Makes sure that a query which some run began does not run any more; one that has ended, or that the engine has
     * forgotten, is no error.
     *
     * @param queryId as {@link #run} told it
     */
    void stop(String queryId);
}
