package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** Services that succeed, but for the states whose answers are said: the last of these is given again and again. */
final class ScriptedTasks implements Tasks {
    /** Gives what a service answers, or throws what it fails with. */
    interface Answer {
        JsonNode give();
    }

    private final Map<String, Queue<Answer>> answers = new HashMap<>();

    ScriptedTasks on(String state, Answer... inTurn) {
        answers.put(state, new ArrayDeque<>(Arrays.asList(inTurn)));
        return this;
    }

    static Answer error(String name, String cause) {
        return () -> {
            throw new StateError(name, cause);
        };
    }

    /** A job run that failed with this message of its own. */
    static Answer jobFailed(String message) {
        return error(
                "States.TaskFailed",
                run("jr_failed", "FAILED").put("ErrorMessage", message).toString());
    }

    /** A job run without a message of its own that Step Functions takes for failed in this state. */
    static Answer jobFailedAs(String state) {
        return error("States.TaskFailed", run("jr_failed", state).toString());
    }

    static Answer jobRun(String id, String state) {
        return () -> run(id, state);
    }

    private static ObjectNode run(String id, String state) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Id", id)
                .put("JobName", "job")
                .put("JobRunState", state);
    }

    @Override
    public JsonNode call(TaskCall call) {
        Queue<Answer> inTurn = answers.get(call.state());
        if (inTurn != null) {
            return (inTurn.size() > 1 ? inTurn.remove() : inTurn.element()).give();
        }
        if (call.resource().endsWith("getObject")) {
            return Run.json("{'Body': '{\\'snapshot_dt\\': \\'2025-11-01\\'}'}");
        }
        return call.resource().endsWith("publish")
                ? JsonNodeFactory.instance.objectNode().put("MessageId", "m")
                : run("jr_" + call.state(), "SUCCEEDED");
    }
}
