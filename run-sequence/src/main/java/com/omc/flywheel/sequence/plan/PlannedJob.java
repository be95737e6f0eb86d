package com.omc.flywheel.sequence.plan;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.job.JobDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A job as a step would start it.
 *
 * @param definition the job
 * @param given its arguments by their names without hyphens; those that are absent are not among them
 */
record PlannedJob(JobDefinition<?> definition, Map<String, String> given) {

    PlannedJob {
        Map<String, String> present = new TreeMap<>(given);
        present.values().removeIf(value -> value.isBlank() || value.equals(ArgumentRecord.ABSENT));
        given = Map.copyOf(present);
    }

    /** What was given, as the command line of the job. */
    List<String> tokens() {
        List<String> tokens = new ArrayList<>();
        new TreeMap<>(given).forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        return tokens;
    }

    /** An argument that the job needs or has a default for; its arguments have been checked before. */
    String text(String name) {
        return optional(name).orElseThrow(() -> new IllegalStateException("--%s is absent".formatted(name)));
    }

    /** An argument, or what stands for it. */
    Optional<String> optional(String name) {
        return Optional.ofNullable(given.get(name))
                .or(() -> Optional.ofNullable(
                        definition.argumentRecord().defaults().get(name)));
    }

    boolean isTrue(String name) {
        return optional(name).filter(value -> value.equalsIgnoreCase("true")).isPresent();
    }
}
