package com.omc.flywheel.common.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Problems of a file, collected in any order and told in the order of its lines. */
final class ProblemLines {
    private final Map<Integer, List<String>> byLine = new TreeMap<>();

    /** The same problems, to which others can be added. */
    ProblemLines copy() {
        ProblemLines copy = new ProblemLines();
        byLine.forEach((line, ofLine) -> ofLine.forEach(problem -> copy.add(line, problem)));
        return copy;
    }

    void add(int line, String problem) {
        byLine.computeIfAbsent(line, number -> new ArrayList<>()).add(problem);
    }

    /** What the reader gives; a refused text becomes a problem of that line. */
    <T> Optional<T> reading(int line, Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException e) {
            add(line, e.getMessage());
            return Optional.empty();
        }
    }

    List<String> inOrder() {
        List<String> problems = new ArrayList<>();
        byLine.forEach(
                (line, ofLine) -> ofLine.forEach(problem -> problems.add("line %d: %s".formatted(line, problem))));
        return problems;
    }
}
