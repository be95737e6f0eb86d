package com.omc.flywheel.sequence.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import com.omc.flywheel.sequence.awsjson.AwsJsonService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@link FakeExecutions} as Step Functions speaks of them over HTTP, in small pages. */
final class ScriptedStepFunctions implements AwsJsonService {
    private static final Set<String> WITH_PARAMETERS = Set.of("TaskScheduled");

    private final FakeExecutions fake;
    private final int page;

    ScriptedStepFunctions(FakeExecutions fake, int page) {
        this.fake = fake;
        this.page = page;
    }

    @Override
    public String targetPrefix() {
        return "AWSStepFunctions";
    }

    @Override
    public synchronized ObjectNode call(String operation, JsonNode request) throws AwsJsonError {
        return switch (operation) {
            case "ListStateMachines" -> pageOf("stateMachines", stateMachines(), request);
            case "ListExecutions" -> pageOf("executions", executions(request), request);
            case "DescribeExecution" -> describe(request);
            case "StartExecution" -> start(request);
            case "GetExecutionHistory" -> pageOf("events", events(request), request);
            case "StopExecution" -> stop(request);
            default -> throw AwsJsonError.unknownOperation(operation);
        };
    }

    private List<ObjectNode> stateMachines() {
        return fake.stateMachines().stream()
                .sorted()
                .map(arn -> object().put("stateMachineArn", arn)
                        .put("name", arn.substring(FakeExecutions.PREFIX.length()))
                        .put("type", "STANDARD")
                        .put("creationDate", 1_762_000_000.5))
                .toList();
    }

    private List<ObjectNode> executions(JsonNode request) throws AwsJsonError {
        String machine = request.path("stateMachineArn").asText();
        if (!fake.stateMachines().contains(machine)) {
            throw AwsJsonError.ofCaller("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + machine + "'");
        }
        return fake.list(machine).stream().map(ScriptedStepFunctions::summary).toList();
    }

    private ObjectNode describe(JsonNode request) throws AwsJsonError {
        Execution execution = find(request);
        ObjectNode answer = summary(execution);
        execution.input().ifPresent(input -> answer.put("input", input));
        answer.put("redriveStatus", execution.notRedrivable().isPresent() ? "NOT_REDRIVABLE" : "REDRIVABLE");
        execution.notRedrivable().ifPresent(reason -> answer.put("redriveStatusReason", reason));
        return answer;
    }

    private ObjectNode start(JsonNode request) throws AwsJsonError {
        String machine = request.path("stateMachineArn").asText();
        String name = request.path("name").asText();
        if (!fake.start(machine, name, request.path("input").asText())) {
            throw AwsJsonError.ofCaller("ExecutionAlreadyExists", "Execution Already Exists: '" + name + "'");
        }
        return object().put("executionArn", ExecutionArn.of(machine, name).toString())
                .put("startDate", 1_762_000_000.5);
    }

    private List<ObjectNode> events(JsonNode request) throws AwsJsonError {
        List<ObjectNode> events = new ArrayList<>();
        fake.history(find(request).arn(), 0).forEach(event -> events.add(event(event)));
        if (request.path("reverseOrder").asBoolean()) {
            Collections.reverse(events);
        }
        return events;
    }

    private ObjectNode stop(JsonNode request) throws AwsJsonError {
        fake.stop(find(request).arn(), request.path("cause").asText());
        return object().put("stopDate", 1_762_000_000.5);
    }

    private Execution find(JsonNode request) throws AwsJsonError {
        String arn = request.path("executionArn").asText();
        Optional<Execution> found = ExecutionArn.read(arn).flatMap(fake::find);
        if (found.isEmpty()) {
            throw AwsJsonError.ofCaller("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
        }
        return found.get();
    }

    private ObjectNode pageOf(String field, List<ObjectNode> all, JsonNode request) {
        int from = request.path("nextToken").asInt(0);
        int to = Math.min(from + page, all.size());
        ObjectNode answer = object();
        ArrayNode list = answer.putArray(field);
        all.subList(from, to).forEach(list::add);
        if (to < all.size()) {
            answer.put("nextToken", Integer.toString(to));
        }
        return answer;
    }

    private static ObjectNode summary(Execution execution) {
        return object().put("executionArn", execution.arn().toString())
                .put("stateMachineArn", FakeExecutions.PREFIX + execution.arn().stateMachine())
                .put("name", execution.name())
                .put("status", execution.state().name())
                .put("startDate", execution.started().toEpochMilli() / 1000.0);
    }

    /** Details are in a member of their own for each type, but for the kinds of states. */
    private static ObjectNode event(RecordedEvent event) {
        ObjectNode json = object().put("id", event.id())
                .put("previousEventId", event.previousId())
                .put("timestamp", event.at().toEpochMilli() / 1000.0)
                .put("type", event.type());
        String member = event.type().replaceAll("^(Task|Pass|Choice|Parallel)State", "state");
        ObjectNode details =
                json.putObject(member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1) + "EventDetails");
        event.state().ifPresent(state -> details.put("name", state));
        event.data()
                .ifPresent(data -> details.put(WITH_PARAMETERS.contains(event.type()) ? "parameters" : "output", data));
        event.error().ifPresent(error -> details.put("error", error));
        event.cause().ifPresent(cause -> details.put("cause", cause));
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
