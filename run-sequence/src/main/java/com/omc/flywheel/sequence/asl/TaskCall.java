package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What a Task state asks a service to do.
 *
 * @param state the name of the state
 * @param resource the ARN of the integration, one of {@link StateMachine#RESOURCES}
 * @param parameters what the service is given
 * @param timeout how long it may take; {@link Tasks} sees to it
 */
public record TaskCall(String state, String resource, JsonNode parameters, Optional<Duration> timeout) {}
