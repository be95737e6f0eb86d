package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What an execution is started with, and what its states read of it by {@code $$}.
 *
 * @param stateMachineName the name of the state machine as it is deployed
 * @param executionName unique among the executions of the state machine
 * @param startTime when it was started
 * @param input what the first state gets
 */
public record ExecutionContext(String stateMachineName, String executionName, Instant startTime, JsonNode input) {}
