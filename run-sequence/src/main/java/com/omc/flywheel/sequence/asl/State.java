package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A state of a definition. One without a next state ends its branch, or the execution. */
sealed interface State {
    String name();

    /** The states that may follow it. */
    List<String> successors();

    /** The word of the language for its kind. */
    default String type() {
        return getClass().getSimpleName();
    }

    /** Calls a service. */
    record Task(
            String name,
            String resource,
            Optional<PayloadTemplate> parameters,
            Optional<PayloadTemplate> resultSelector,
            ResultPath resultPath,
            Optional<Duration> timeout,
            List<Retrier> retriers,
            List<Catcher> catchers,
            Optional<String> next)
            implements State {
        public Task {
            retriers = List.copyOf(retriers);
            catchers = List.copyOf(catchers);
        }

        @Override
        public List<String> successors() {
            return Stream.concat(next.stream(), catchers.stream().map(Catcher::next))
                    .toList();
        }
    }

    /** Runs branches; its result is an array of their outputs. */
    record Parallel(
            String name,
            Optional<PayloadTemplate> parameters,
            ResultPath resultPath,
            List<Graph> branches,
            Optional<String> next)
            implements State {
        public Parallel {
            branches = List.copyOf(branches);
        }

        @Override
        public List<String> successors() {
            return next.stream().toList();
        }
    }

    /** Goes on with the first alternative whose rule holds. */
    record Choice(String name, List<Alternative> alternatives, Optional<String> otherwise) implements State {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public List<String> successors() {
            return Stream.concat(alternatives.stream().map(Alternative::next), otherwise.stream())
                    .toList();
        }

        /** A rule, and the state that follows when it holds. */
        record Alternative(ChoiceRule rule, String next) {}
    }

    /** Makes a value of its input. */
    record Pass(
            String name,
            Optional<PayloadTemplate> parameters,
            Optional<JsonNode> result,
            ResultPath resultPath,
            Optional<String> next)
            implements State {
        @Override
        public List<String> successors() {
            return next.stream().toList();
        }
    }

    /** Lets time pass. */
    record Wait(String name, ReferencePath seconds, Optional<String> next) implements State {
        @Override
        public List<String> successors() {
            return next.stream().toList();
        }
    }

    /** Ends its branch, or the execution, with its input. */
    record Succeed(String name) implements State {
        @Override
        public List<String> successors() {
            return List.of();
        }
    }

    /** Ends the execution with an error. */
    record Fail(String name, String error, String cause) implements State {
        @Override
        public List<String> successors() {
            return List.of();
        }
    }
}
