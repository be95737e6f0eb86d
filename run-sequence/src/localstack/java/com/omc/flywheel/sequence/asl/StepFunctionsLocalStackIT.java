package com.omc.flywheel.sequence.asl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.asl.ExecutionEvent.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The committed sequences take the same way here and on LocalStack's Step Functions, whose services answer as
 * {@code step-functions-mocks.json} says.
 */
@EnabledIfEnvironmentVariable(
        named = StepFunctionsLocalStackIT.ENDPOINT,
        matches = ".+",
        disabledReason = "names no LocalStack with SERVICES=stepfunctions and SFN_MOCK_CONFIG")
class StepFunctionsLocalStackIT {
    static final String ENDPOINT = "FLYWHEEL_STEPFUNCTIONS_ENDPOINT";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path MOCKS = Path.of(System.getProperty("flywheel.home"))
            .resolve("run-sequence/src/localstack/resources/step-functions-mocks.json");
    private static final long MOST_SECONDS = 180;

    /** LocalStack's mocks throw no error of the language's own, so that both interpreters see this name in its place. */
    private static final String JOB_FAILED = "Flywheel.TaskFailed";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bucketed | AllWell | {'snapshot_dt': '2025-11-01'}",
                "bucketed | BadData | {'snapshot_dt': '2025-11-01'}",
                "bucketed | ServiceThenDone | {'snapshot_dt': '_NONE_', 'force': 'true'}",
                "bucketed | Stopped | {'snapshot_dt': '2025-11-01'}",
                "partitioned | AllWell | {'snapshot_dt': '2025-11-01', 'tables': 'ibe_01'}",
                "partitioned | OneSkipped | {'snapshot_dt': '2025-11-01', 'skip': 'prepare-part-tables,infobase-split-and-part'}",
                "partitioned | ThrottledThenDone | {'snapshot_dt': '2025-11-01'}",
                "partitioned | BusyThenDone | {'snapshot_dt': '2025-11-01', 'busy_wait_seconds': 1}",
                "partitioned | NoJob | {'snapshot_dt': '2025-11-01'}",
                "partitioned | WrongInput | {'snapshot_dt': '2025-11-01', 'force': 'yes'}"
            })
    void takesTheSameWay(String sequence, String situation, String input) throws Exception {
        String definition = Run.definition(sequence).replace("States.TaskFailed", JOB_FAILED);
        StateMachine machine = StateMachine.read(sequence, definition);
        Map<String, String> branches = new HashMap<>();
        name(machine.graph(), sequence, branches);

        JsonNode mocks = JSON.readTree(Files.readAllBytes(MOCKS));
        Run here = new Run();
        Ended ended = here.of(machine, Run.json(input), tasks(mocks, sequence, situation));

        String arn = deploy(sequence, definition);
        String execution = call(
                        "StartExecution",
                        Map.of(
                                "stateMachineArn", arn + "#" + situation,
                                "name", Run.NAME + "-" + run + "-" + situation,
                                "input", Run.json(input).toString()))
                .path("executionArn")
                .asText();
        JsonNode outcome = await(execution);

        String name = outcome.path("name").asText();
        assertThat(waysThere(execution, name, branches)).isEqualTo(waysHere(here, branches));
        assertThat(outcome.path("status").asText()).isEqualTo(ended.succeeded() ? "SUCCEEDED" : "FAILED");
        assertThat(outcome.path("error").asText("")).isEqualTo(ended.error().orElse(""));
        assertThat(outcome.path("cause").asText("")).isEqualTo(ended.cause().orElse(""));
        if (ended.succeeded()) {
            assertThat(JSON.readTree(outcome.path("output").asText())).isEqualTo(ended.output());
        }
    }

    /** Of which branch a state is: the order of states is that of their branch only. */
    private static void name(Graph graph, String branch, Map<String, String> branches) {
        graph.states().values().forEach(state -> {
            branches.put(state.name(), branch);
            if (state instanceof State.Parallel parallel) {
                for (int i = 0; i < parallel.branches().size(); i++) {
                    name(parallel.branches().get(i), "%s[%d]".formatted(state.name(), i), branches);
                }
            }
        });
    }

    private static Tasks tasks(JsonNode mocks, String sequence, String situation) {
        JsonNode states = mocks.at("/StateMachines/%s/TestCases/%s".formatted(sequence, situation));
        Map<String, Integer> calls = new HashMap<>();
        return call -> {
            int number = calls.merge(call.state(), 1, Integer::sum) - 1;
            JsonNode answers =
                    mocks.path("MockedResponses").path(states.path(call.state()).asText());
            JsonNode answer = answers.path(Integer.toString(number));
            if (answer.has("Throw")) {
                throw new StateError(
                        answer.at("/Throw/Error").asText(),
                        answer.at("/Throw/Cause").asText());
            }
            assertThat(answer.has("Return"))
                    .as("%s, call %d", call.state(), number)
                    .isTrue();
            return answer.path("Return");
        };
    }

    /** By branch: the states that were entered, and what their tasks were given. */
    private static Map<String, List<String>> waysHere(Run run, Map<String, String> branches) {
        Map<String, List<String>> ways = new TreeMap<>();
        run.events.forEach(event -> {
            List<String> way =
                    ways.computeIfAbsent(branches.getOrDefault(event.state(), ""), branch -> new ArrayList<>());
            if (event.kind() == Kind.STATE_ENTERED) {
                way.add(event.state());
            } else if (event.kind() == Kind.TASK_STARTED) {
                way.add(parameters(event.data()));
            }
        });
        ways.remove("");
        return ways;
    }

    private Map<String, List<String>> waysThere(String execution, String name, Map<String, String> branches)
            throws Exception {
        Map<String, List<String>> ways = new TreeMap<>();
        Map<Integer, String> stateOfEvent = new HashMap<>();
        JsonNode history = call("GetExecutionHistory", Map.of("executionArn", execution, "maxResults", 1000));
        for (JsonNode event : history.path("events")) {
            String entered = event.at("/stateEnteredEventDetails/name").asText("");
            String state = entered.isEmpty()
                    ? stateOfEvent.getOrDefault(event.path("previousEventId").asInt(), "")
                    : entered;
            stateOfEvent.put(event.path("id").asInt(), state);
            List<String> way = ways.computeIfAbsent(branches.getOrDefault(state, ""), branch -> new ArrayList<>());
            if (!entered.isEmpty()) {
                way.add(entered);
            } else if (event.path("type").asText().equals("TaskScheduled")) {
                String given = event.at("/taskScheduledEventDetails/parameters").asText();
                way.add(parameters(JSON.readTree(given.replace(name, Run.NAME))));
            }
        }
        ways.remove("");
        return ways;
    }

    /** Without the spaces that one of the two puts into the JSON within a text. */
    private static String parameters(JsonNode given) {
        return given.toString().replace(" ", "");
    }

    private String deploy(String sequence, String definition) throws Exception {
        for (JsonNode machine : call("ListStateMachines", Map.of()).path("stateMachines")) {
            if (machine.path("name").asText().equals(sequence)) {
                String arn = machine.path("stateMachineArn").asText();
                call("UpdateStateMachine", Map.of("stateMachineArn", arn, "definition", definition));
                return arn;
            }
        }
        // The name is that of the mocks.
        return call(
                        "CreateStateMachine",
                        Map.of(
                                "name", sequence,
                                "definition", definition,
                                "roleArn", "arn:aws:iam::000000000000:role/any"))
                .path("stateMachineArn")
                .asText();
    }

    private JsonNode await(String execution) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (System.nanoTime() < end) {
            JsonNode description = call("DescribeExecution", Map.of("executionArn", execution));
            if (!description.path("status").asText().equals("RUNNING")) {
                return description;
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        throw new AssertionError(execution + " still runs after " + MOST_SECONDS + " s");
    }

    private JsonNode call(String operation, Map<String, Object> request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(URI.create(System.getenv(ENDPOINT)))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        // LocalStack reads the service and the region of it, and checks nothing.
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=000000000000/20250101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=none")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                        .build(),
                BodyHandlers.ofByteArray());
        String answer = new String(response.body(), StandardCharsets.UTF_8);
        assertThat(response.statusCode()).as(operation + ": " + answer).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
