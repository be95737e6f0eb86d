package com.omc.flywheel.sequence.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.omc.flywheel.common.failure.FailureKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Step Functions passes on of a job run, as JSON: AWS Glue API reference, JobRun. */
final class JobRunReport {
    /** A cause that is cut off is not JSON any more; so much of it says what it is. */
    private static final int LONGEST_TEXT = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private final JsonNode fields;

    private JobRunReport(String text, JsonNode fields) {
        this.text = text;
        this.fields = fields;
    }

    /** Reads the text as far as it can be read. */
    static JobRunReport read(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return new JobRunReport(text, read.isObject() ? read : MissingNode.getInstance());
        } catch (IOException e) {
            return new JobRunReport(text, MissingNode.getInstance());
        }
    }

    /** A field of it, such as {@code JobName}. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.path(name).textValue()).filter(value -> !value.isBlank());
    }

    /** A number of seconds in an object in it. */
    Optional<Long> seconds(String object, String name) {
        JsonNode number = fields.path(object).path(name);
        return number.isIntegralNumber() ? Optional.of(number.asLong()) : Optional.empty();
    }

    /** What the job run was given, by name with hyphens; empty when it does not say. */
    Map<String, String> arguments() {
        Map<String, String> arguments = new TreeMap<>();
        fields.path("Arguments")
                .fields()
                .forEachRemaining(argument ->
                        arguments.put(argument.getKey(), argument.getValue().asText()));
        return arguments;
    }

    /** The id of the job run, however the answer at hand calls it. */
    Optional<String> jobRun() {
        return field("JobRunId").or(() -> field("Id"));
    }

    /** What the job itself said: without what Glue writes before that, if the kind of failure shows where it begins. */
    String ownMessage() {
        String message = message();
        return Arrays.stream(FailureKind.values())
                .map(kind -> message.indexOf(kind + ": "))
                .filter(index -> index >= 0)
                .min(Comparator.naturalOrder())
                .map(message::substring)
                .orElse(message);
    }

    /** What went wrong: what the job run itself said, else how it ended, else the text as it is. */
    String message() {
        return field("ErrorMessage")
                .or(() -> field("JobRunState").map("the job run ended as %s"::formatted))
                .orElseGet(() -> text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + " ..." : text);
    }
}
