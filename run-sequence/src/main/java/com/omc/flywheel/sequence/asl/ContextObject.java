package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What {@code $$} stands for: the part of Step Functions' context object that does not depend on AWS. */
final class ContextObject {
    /** The paths into it. Only the input of the execution has fields of its own. */
    static final List<String> PATHS = List.of(
            "$$.Execution.Id",
            "$$.Execution.Input",
            "$$.Execution.Name",
            "$$.Execution.StartTime",
            "$$.StateMachine.Name",
            "$$.State.Name");

    private static final String INPUT = "$$.Execution.Input";

    private ContextObject() {}

    static boolean has(String path) {
        return PATHS.contains(path) || path.startsWith(INPUT + ".");
    }

    static ObjectNode of(ExecutionContext execution, String state) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        // Step Functions' form of it, with a name for the region and no account.
        String id = "arn:aws:states:local:000000000000:execution:%s:%s"
                .formatted(execution.stateMachineName(), execution.executionName());
        ObjectNode about = context.putObject("Execution");
        about.put("Id", id);
        about.set("Input", execution.input());
        about.put("Name", execution.executionName());
        about.put("StartTime", execution.startTime().toString());
        context.putObject("StateMachine").put("Name", execution.stateMachineName());
        context.putObject("State").put("Name", state);
        return context;
    }
}
