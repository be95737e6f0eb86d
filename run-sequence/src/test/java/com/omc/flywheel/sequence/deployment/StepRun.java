package com.omc.flywheel.sequence.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A state of a sequence that starts a run of a Glue job.
 *
 * @param stage the Parallel state that it is in
 * @param step the branch that it is in
 * @param state its name
 * @param glueJob the name of the job on AWS
 * @param arguments those that are texts, by their names without hyphens
 * @param references the other arguments: paths into the input of the state or the context of the execution
 * @param timeout absent when the state has none
 * @param definition of the state
 */
record StepRun(
        String stage,
        String step,
        String state,
        String glueJob,
        Map<String, String> arguments,
        Map<String, String> references,
        Optional<Duration> timeout,
        JsonNode definition) {
    static final String RESOURCE = "arn:aws:states:::glue:startJobRun.sync";

    static StepRun of(String stage, String step, String state, JsonNode definition) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> references = new LinkedHashMap<>();
        definition.at("/Parameters/Arguments").fields().forEachRemaining(argument -> {
            String name = argument.getKey().replaceFirst("^--", "");
            if (name.endsWith(".$")) {
                references.put(
                        name.substring(0, name.length() - 2),
                        argument.getValue().asText());
            } else {
                texts.put(name, argument.getValue().asText());
            }
        });
        return new StepRun(
                stage,
                step,
                state,
                definition.at("/Parameters/JobName").asText(),
                texts,
                references,
                Optional.ofNullable(definition.get("TimeoutSeconds"))
                        .map(seconds -> Duration.ofSeconds(seconds.asInt())),
                definition);
    }

    boolean recovers() {
        return !state.equals(step);
    }
}
