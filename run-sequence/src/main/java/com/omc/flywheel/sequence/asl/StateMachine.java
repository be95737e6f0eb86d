package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A state machine that was read and understood to its last field. */
public final class StateMachine {
    /** The resources that a Task may name. */
    public static final List<String> RESOURCES = List.of(
            "arn:aws:states:::glue:startJobRun.sync",
            "arn:aws:states:::sns:publish",
            "arn:aws:states:::aws-sdk:s3:getObject");

    /** Service quotas of Step Functions: a definition has at most 1 MB. */
    private static final int LONGEST = 1024 * 1024;

    private final String name;
    private final Graph graph;
    private final Optional<Duration> timeout;

    StateMachine(String name, Graph graph, Optional<Duration> timeout) {
        this.name = name;
        this.graph = graph;
        this.timeout = timeout;
    }

    /**
     * Reads a definition in the Amazon States Language.
     *
     * @param name what messages call it: the sequence or its file
     * @throws JobFailure BAD_DATA naming every field, type, operator, function and resource that is not interpreted, with
     *     the state that it is in
     */
    public static StateMachine read(String name, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonNode definition;
        try {
            definition = new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(bytes);
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.BAD_DATA, "%s is no JSON (%s); mend the file".formatted(name, e.getMessage()), e);
        }
        Problems problems = new Problems(name);
        if (bytes.length > LONGEST) {
            problems.add("the file", "%d bytes, more than the %d of a definition".formatted(bytes.length, LONGEST));
        }
        StateMachine machine = new DefinitionReader(name, problems).read(definition);
        problems.refuse();
        return machine;
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** How long an execution may take. */
    public Optional<Duration> timeout() {
        return timeout;
    }

    Graph graph() {
        return graph;
    }
}
