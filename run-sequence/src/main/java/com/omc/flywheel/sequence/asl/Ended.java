package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How an execution ended.
 *
 * @param succeeded false when a state's error was not caught, a Fail state was reached or the time was over
 * @param output what the last state gave; JSON null when the execution failed
 * @param error the name of the error of one that failed
 * @param cause the text of the error of one that failed
 */
public record Ended(boolean succeeded, JsonNode output, Optional<String> error, Optional<String> cause) {}
