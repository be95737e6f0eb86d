package com.omc.flywheel.sequence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.sequence.aws.ExecutionArn;
import com.omc.flywheel.sequence.deployment.SequenceSteps;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines to go on with, to be copied from what is printed.
 *
 * @param environment for example {@code dev}
 * @param region empty when none was given
 */
record AwsCommandLine(String environment, Optional<String> region) {
    private static final String RUN = "run-sequence/run aws ";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the options that all commands for AWS have. */
    static AwsCommandLine of(CommandOptions options) {
        String environment = options.text(AwsSurroundings.ENV)
                .orElseThrow(() -> new JobFailure(FailureKind.BAD_ARGUMENT, "--env is needed, for example --env dev"));
        if (!environment.matches("[a-z][a-z0-9-]{0,19}")) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT,
                    "--env: expected a name in lower case like dev, got \"%s\"".formatted(environment));
        }
        return new AwsCommandLine(environment, options.text(AwsSurroundings.REGION));
    }

    String attach(String sequence, ExecutionArn execution) {
        return onExecution("attach", sequence, execution);
    }

    String stop(String sequence, ExecutionArn execution) {
        return onExecution("stop", sequence, execution);
    }

    String redrive(String sequence, ExecutionArn execution) {
        return onExecution("redrive", sequence, execution);
    }

    /**
     * The line that starts a failed execution anew: what it has finished is found published.
     *
     * @param input that of the failed execution
     * @param snapshot what it decided on; empty when it did not get so far
     * @param failedSteps in order
     */
    String resume(SequenceSteps sequence, String input, Optional<String> snapshot, List<String> failedSteps) {
        JsonNode fields = read(input);
        StringBuilder line = new StringBuilder(RUN)
                .append(sequence.sequence())
                .append(" --env ")
                .append(environment);
        snapshot.or(() -> given(fields, "snapshot_dt"))
                .ifPresent(date -> line.append(" --snapshot-dt ").append(date));
        given(fields, "tables").ifPresent(tables -> line.append(" --tables ").append(tables));
        Stream.of("force", "allow_mixed_snapshots", "allow_dropped_columns")
                .filter(flag -> fields.path(flag).asText().equals("true"))
                .forEach(flag -> line.append(" --").append(flag.replace('_', '-')));
        line.append(steps(sequence, given(fields, "skip"), failedSteps));
        return line.append(inRegion()).toString();
    }

    /** What was skipped stays so, and what lies before the failure is skipped too. */
    private static String steps(SequenceSteps sequence, Optional<String> skip, List<String> failedSteps) {
        Optional<String> from = failedSteps.stream().findFirst().filter(step -> !step.equals(SequenceSteps.FIRST));
        if (skip.isEmpty()) {
            return from.map(" --from "::concat).orElse("");
        }
        List<String> before = sequence.skipped(from, Optional.empty(), Optional.empty());
        List<String> skipped = List.of(skip.get().split(","));
        return " --skip "
                + String.join(
                        ",",
                        sequence.names().stream()
                                .filter(step -> before.contains(step) || skipped.contains(step))
                                .toList());
    }

    private String onExecution(String verb, String sequence, ExecutionArn execution) {
        return "%s%s %s/%s --env %s%s".formatted(RUN, verb, sequence, execution.name(), environment, inRegion());
    }

    private String inRegion() {
        return region.map(" --region "::concat).orElse("");
    }

    private static Optional<String> given(JsonNode fields, String name) {
        return Optional.ofNullable(fields.path(name).textValue())
                .filter(value -> !value.isBlank() && !value.equals(ArgumentRecord.ABSENT));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
