package com.omc.flywheel.sequence.athena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import com.omc.flywheel.sequence.awsjson.AwsJsonService;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An Athena that runs nothing: a test says what becomes of each statement, and a statement that it has not spoken of is
 * refused.
 *
 * <p>Starting a query is idempotent by its token, as on AWS, and workgroups have their say in where results go. The
 * workgroup {@code primary} is there from the beginning, and says nothing of results.
 */
public final class ScriptedAthena implements AwsJsonService {
    /** Amazon Athena API reference, StartQueryExecution, QueryString: in bytes of UTF-8 ("Service Quotas"). */
    private static final int LONGEST_QUERY = 262_144;
    /** Amazon Athena API reference, StartQueryExecution, ClientRequestToken. */
    private static final int SHORTEST_TOKEN = 32;

    private static final int LONGEST_TOKEN = 128;
    private static final String TOKEN = "ClientRequestToken";

    private final QueryScripts scripts = new QueryScripts();
    private final Map<String, Workgroup> workgroups = new HashMap<>();
    private final Map<String, ScriptedQuery> queries = new LinkedHashMap<>();
    private final Map<String, String> idsByToken = new LinkedHashMap<>();

    public ScriptedAthena() {
        addWorkgroup(Workgroup.named(Workgroup.PRIMARY));
    }

    /** Adds a workgroup, or replaces the one of its name. */
    public synchronized void addWorkgroup(Workgroup workgroup) {
        workgroups.put(workgroup.name(), workgroup);
    }

    /** What becomes of the next statement. */
    public void next(QueryScript script) {
        next(sql -> true, script);
    }

    /** What becomes of the next statement of a kind; such a script comes before those of {@link #whenever}. */
    public synchronized void next(Predicate<String> statements, QueryScript script) {
        scripts.addOnce(statements, script);
    }

    /** What becomes of every statement of a kind; the newest script counts first. */
    public synchronized void whenever(Predicate<String> statements, QueryScript script) {
        scripts.addAlways(statements, script);
    }

    /** The queries that were started, in that order. */
    public List<RecordedQuery> queries() {
        Map<String, String> tokens = new HashMap<>();
        List<ScriptedQuery> started;
        synchronized (this) {
            idsByToken.forEach((token, id) -> tokens.put(id, token));
            started = List.copyOf(queries.values());
        }
        // Not under the lock: an effect that is happening holds its query, and may ask for this list.
        return started.stream()
                .map(query -> query.record(Optional.ofNullable(tokens.get(query.id()))))
                .toList();
    }

    @Override
    public String targetPrefix() {
        return "AmazonAthena";
    }

    @Override
    public ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
        return switch (operation) {
            case "StartQueryExecution" -> start(request.deepCopy());
            case "GetQueryExecution" -> query(request).show();
            case "StopQueryExecution" -> stop(request);
            case "GetQueryResults" -> query(request).results();
            case "GetWorkGroup" -> workgroup(request);
            default -> throw AwsJsonError.unknownOperation(operation);
        };
    }

    private synchronized ObjectNode start(ObjectNode request) throws AwsJsonError {
        Optional<String> token = token(request);
        request.remove(TOKEN);
        String known = token.map(idsByToken::get).orElse(null);
        if (known != null) {
            if (!queries.get(known).isAskedForBy(request)) {
                throw invalid("Idempotent parameters do not match");
            }
            return started(known);
        }
        String sql = sql(request);
        Workgroup workgroup = find(request.path("WorkGroup").asText(Workgroup.PRIMARY));
        if (!workgroup.enabled()) {
            throw invalid("WorkGroup %s is disabled.".formatted(workgroup.name()));
        }
        String id = UUID.randomUUID().toString();
        Optional<String> location = resultLocation(workgroup, request, id);
        QueryScript script = scripts.take(sql)
                .orElseThrow(
                        () -> invalid("no script for this statement; give one to ScriptedAthena.next or whenever"));
        if (script.refusal().isPresent()) {
            throw script.refusal().get();
        }
        queries.put(id, new ScriptedQuery(id, request, workgroup.name(), location, script));
        token.ifPresent(given -> idsByToken.put(given, id));
        return started(id);
    }

    private static ObjectNode started(String id) {
        return JsonNodeFactory.instance.objectNode().put("QueryExecutionId", id);
    }

    private ObjectNode stop(JsonNode request) throws AwsJsonError {
        query(request).stop();
        return JsonNodeFactory.instance.objectNode();
    }

    private synchronized ObjectNode workgroup(JsonNode request) throws AwsJsonError {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("WorkGroup", find(request.path("WorkGroup").asText()).json());
        return answer;
    }

    private Workgroup find(String name) throws AwsJsonError {
        Workgroup workgroup = workgroups.get(name);
        if (workgroup == null) {
            throw invalid("WorkGroup %s is not found.".formatted(name));
        }
        return workgroup;
    }

    private synchronized ScriptedQuery query(JsonNode request) throws AwsJsonError {
        String id = request.path("QueryExecutionId").asText();
        ScriptedQuery query = queries.get(id);
        if (query == null) {
            throw invalid("QueryExecution %s was not found".formatted(id));
        }
        return query;
    }

    private static String sql(JsonNode request) throws AwsJsonError {
        String sql = request.path("QueryString").asText();
        int length = sql.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > LONGEST_QUERY) {
            throw invalid("QueryString has %d bytes; it must have 1 to %d".formatted(length, LONGEST_QUERY));
        }
        return sql;
    }

    private static Optional<String> token(JsonNode request) throws AwsJsonError {
        if (!request.hasNonNull(TOKEN)) {
            return Optional.empty();
        }
        String token = request.path(TOKEN).asText();
        if (token.length() < SHORTEST_TOKEN || token.length() > LONGEST_TOKEN) {
            throw invalid("%s has %d characters; it must have %d to %d"
                    .formatted(TOKEN, token.length(), SHORTEST_TOKEN, LONGEST_TOKEN));
        }
        return Optional.of(token);
    }

    /** Athena User Guide, "Override client-side settings" and "Use managed query results". */
    private static Optional<String> resultLocation(Workgroup workgroup, JsonNode request, String id)
            throws AwsJsonError {
        Optional<String> asked = Optional.ofNullable(
                request.path("ResultConfiguration").path("OutputLocation").textValue());
        if (workgroup.managedResults()) {
            if (asked.isPresent() && !workgroup.enforced()) {
                throw invalid("Managed query results and an OutputLocation exclude each other");
            }
            return Optional.empty();
        }
        Optional<String> folder =
                workgroup.enforced() ? workgroup.outputLocation() : asked.or(workgroup::outputLocation);
        if (folder.isEmpty()) {
            throw invalid("No output location provided. An output location is required either through the Workgroup"
                    + " result configuration setting or as an API input.");
        }
        String separator = folder.get().endsWith("/") ? "" : "/";
        return Optional.of(folder.get() + separator + id + ".csv");
    }

    private static AwsJsonError invalid(String message) {
        return AwsJsonError.ofCaller("InvalidRequestException", message);
    }
}
