package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.deployment.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One execution in a test: what its tasks answer is said before, what happened is looked at after it. Time is not waited for. */
final class Run {
    static final String NAME = "2025-11-01-1";

    /** Values of the placeholders of the committed files. */
    static final Map<String, String> PLACEHOLDERS = Map.of(
            "job_prefix", "etl-omc-flywheel-test-",
            "environment", "test",
            "start_command", "run-sequence/run aws",
            "env_option", " --env test",
            "sns_topic_arn", "arn:aws:sns:us-east-1:000000000000:told",
            "runs_bucket", "runs",
            "runs_prefix", "runs/",
            "runs_root", "s3://runs/runs/",
            "split_cluster_root", "s3://lake/split_cluster/",
            "split_part_root", "s3://lake/split_part/");

    final List<ExecutionEvent> events = new ArrayList<>();
    final List<TaskCall> calls = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.parse("2025-11-05T03:00:00Z");

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A committed sequence. */
    static StateMachine sequence(String name) {
        return StateMachine.read(name, definition(name));
    }

    static String definition(String name) {
        Path folder = Path.of(System.getProperty("flywheel.home")).resolve("run-sequence");
        return Template.read(folder.resolve(name + ".asl.json")).render(PLACEHOLDERS);
    }

    Ended of(StateMachine machine, JsonNode input, Tasks tasks) {
        return of(machine, input, tasks, 1);
    }

    Ended of(StateMachine machine, JsonNode input, Tasks tasks, int branchesAtATime) {
        Tasks noted = call -> {
            synchronized (calls) {
                calls.add(call);
            }
            return tasks.call(call);
        };
        ExecutionListener listener = new ExecutionListener() {
            @Override
            public void on(ExecutionEvent event) {
                events.add(event);
            }
        };
        return new Interpreter(noted, listener, this::pass, new Random(7), new Now(), branchesAtATime)
                .run(machine, new ExecutionContext(machine.name(), NAME, now, input));
    }

    void pass(Duration time) {
        waits.add(time);
        now = now.plus(time);
    }

    List<String> entered() {
        return events.stream()
                .filter(event -> event.kind() == ExecutionEvent.Kind.STATE_ENTERED)
                .map(ExecutionEvent::state)
                .toList();
    }

    List<ExecutionEvent> all(ExecutionEvent.Kind kind) {
        return events.stream().filter(event -> event.kind() == kind).toList();
    }

    List<String> called() {
        return calls.stream().map(TaskCall::state).toList();
    }

    /** What was sent by a state, in one text. */
    String told(String state) {
        return calls.stream()
                .filter(call -> call.state().equals(state))
                .map(call -> call.parameters().path("Message").asText())
                .reduce("", String::concat);
    }

    private final class Now extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
