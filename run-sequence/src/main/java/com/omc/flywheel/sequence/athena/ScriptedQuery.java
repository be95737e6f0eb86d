package com.omc.flywheel.sequence.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A query that was started, on its way through the states of its script. */
final class ScriptedQuery {
    private final String id;
    private final JsonNode request;
    private final String workgroup;
    private final Optional<String> resultLocation;
    private final QueryScript script;
    private final List<QueryState> shown = new ArrayList<>();
    private boolean stopped;

    /**
     * A query.
     *
     * @param request that of StartQueryExecution
     */
    ScriptedQuery(String id, JsonNode request, String workgroup, Optional<String> resultLocation, QueryScript script) {
        this.id = id;
        this.request = request;
        this.workgroup = workgroup;
        this.resultLocation = resultLocation;
        this.script = script;
    }

    String id() {
        return id;
    }

    /** True when a request asks for the same, whatever the token. */
    boolean isAskedForBy(JsonNode other) {
        return request.equals(other);
    }

    synchronized RecordedQuery record(Optional<String> token) {
        return new RecordedQuery(id, sql(), token, workgroup, resultLocation, shown);
    }

    /** Moves on to the next state and shows it; the effect is done before SUCCEEDED is seen by anyone. */
    synchronized ObjectNode show() {
        QueryState before = state();
        QueryState next = before.isFinal() ? before : next();
        if (next == QueryState.SUCCEEDED && before != QueryState.SUCCEEDED) {
            script.effect().happen(sql(), id);
        }
        shown.add(next);
        return json(next);
    }

    /** A query that has ended stays as it is. */
    synchronized void stop() {
        stopped = !state().isFinal();
    }

    /** The result, which is empty. */
    synchronized ObjectNode results() throws AwsJsonError {
        if (state() != QueryState.SUCCEEDED) {
            throw AwsJsonError.ofCaller(
                    "InvalidRequestException", "Query has not yet finished. Current state: " + state());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("UpdateCount", 0);
        ObjectNode results = answer.putObject("ResultSet");
        results.putArray("Rows");
        results.putObject("ResultSetMetadata").putArray("ColumnInfo");
        return answer;
    }

    private QueryState state() {
        return shown.isEmpty() ? QueryState.QUEUED : shown.get(shown.size() - 1);
    }

    private QueryState next() {
        if (stopped) {
            return QueryState.CANCELLED;
        }
        List<QueryState> states = script.states();
        return states.get(Math.min(shown.size(), states.size() - 1));
    }

    private String sql() {
        return request.path("QueryString").textValue();
    }

    private ObjectNode json(QueryState state) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode query = answer.putObject("QueryExecution");
        query.put("QueryExecutionId", id).put("Query", sql()).put("WorkGroup", workgroup);
        query.put("StatementType", isDataDefinition() ? "DDL" : "DML");
        ObjectNode result = query.putObject("ResultConfiguration");
        resultLocation.ifPresent(location -> result.put("OutputLocation", location));
        query.set("QueryExecutionContext", request.path("QueryExecutionContext").deepCopy());
        query.putObject("Statistics");
        ObjectNode status = query.putObject("Status").put("State", state.name());
        if (state == QueryState.FAILED) {
            QueryFailure failure = script.failure().orElseThrow();
            status.put("StateChangeReason", failure.reason());
            status.putObject("AthenaError")
                    .put("ErrorCategory", failure.category())
                    .put("ErrorType", failure.type())
                    .put("Retryable", failure.retryable())
                    .put("ErrorMessage", failure.message());
        } else if (state == QueryState.CANCELLED) {
            status.put("StateChangeReason", "Query was cancelled by user");
        }
        return answer;
    }

    /** CREATE TABLE AS and what selects or writes rows is DML (Amazon Athena API reference, QueryExecution). */
    private boolean isDataDefinition() {
        String upper = sql().strip().toUpperCase(Locale.ROOT);
        boolean selects = upper.matches("(?s)CREATE\\s+TABLE\\b.*\\bAS\\s*\\(?\\s*(SELECT|WITH)\\b.*");
        return !selects && upper.matches("(?s)(ALTER|CREATE|DROP|MSCK|SHOW|DESCRIBE)\\b.*");
    }
}
