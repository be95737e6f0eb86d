package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a state machine of JSON, and gathers everything in it that is wrong or unknown. */
final class DefinitionReader {
    /** The specification's bounds of a number of seconds, of a count of retries and of the length of a state's name. */
    private static final int MOST_SECONDS = 99_999_999;

    private static final int MOST_RETRIES = 99_999_999;
    private static final int LONGEST_NAME = 80;

    private static final List<String> TYPES = List.of("Task", "Parallel", "Choice", "Pass", "Wait", "Succeed", "Fail");

    private final String name;
    private final Problems problems;
    private final ChoiceRuleReader rules;
    private final Set<String> names = new HashSet<>();

    DefinitionReader(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
        this.rules = new ChoiceRuleReader(problems);
    }

    StateMachine read(JsonNode definition) {
        Fields fields = new Fields(definition, "the state machine", problems);
        fields.optionalText("Comment");
        Optional<Duration> timeout = seconds(fields, "TimeoutSeconds");
        Graph graph = graph(fields);
        fields.end();
        return new StateMachine(name, graph, timeout);
    }

    private Graph graph(Fields fields) {
        String startAt = fields.text("StartAt");
        JsonNode definitions = fields.any("States").filter(JsonNode::isObject).orElse(null);
        Map<String, State> states = new LinkedHashMap<>();
        if (definitions == null || definitions.isEmpty()) {
            problems.add(fields.at("States"), "an object with states is expected");
        } else {
            Set<String> unread = new HashSet<>();
            definitions.fields().forEachRemaining(state -> {
                String place = place(state.getKey());
                checkName(state.getKey(), place);
                Fields stateFields = new Fields(state.getValue(), place, problems);
                state(state.getKey(), stateFields)
                        .ifPresentOrElse(read -> states.put(read.name(), read), () -> unread.add(state.getKey()));
            });
            checkWays(fields, startAt, states, unread);
        }
        return new Graph(startAt, states);
    }

    private static String place(String state) {
        return "state \"%s\"".formatted(state);
    }

    private void checkName(String state, String place) {
        if (!names.add(state)) {
            problems.add(place, "another state of the state machine has this name");
        }
        if (state.isBlank() || state.length() > LONGEST_NAME) {
            problems.add(place, "a name has 1 to %d characters".formatted(LONGEST_NAME));
        }
    }

    /** Every state that is named is there, and every one that is there can be reached. */
    private void checkWays(Fields fields, String startAt, Map<String, State> states, Set<String> unread) {
        if (!startAt.isEmpty() && !states.containsKey(startAt) && !unread.contains(startAt)) {
            problems.add(fields.at("StartAt"), "there is no state \"%s\"".formatted(startAt));
        }
        states.values().forEach(state -> state.successors().stream()
                .filter(next -> !next.isEmpty() && !states.containsKey(next) && !unread.contains(next))
                .distinct()
                .forEach(next -> problems.add(
                        place(state.name()), "there is no state \"%s\" beside it to go on with".formatted(next))));
        if (!unread.isEmpty()) {
            return;
        }
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(startAt));
        while (!open.isEmpty()) {
            String state = open.pop();
            if (states.containsKey(state) && reached.add(state)) {
                open.addAll(states.get(state).successors());
            }
        }
        states.keySet().stream()
                .filter(state -> !reached.contains(state))
                .forEach(state -> problems.add(place(state), "no other state leads to it"));
    }

    private Optional<State> state(String state, Fields fields) {
        fields.optionalText("Comment");
        String type = fields.text("Type");
        Optional<State> read =
                switch (type) {
                    case "Task" -> Optional.of(task(state, fields));
                    case "Parallel" -> Optional.of(parallel(state, fields));
                    case "Choice" -> Optional.of(choice(state, fields));
                    case "Pass" -> Optional.of(pass(state, fields));
                    case "Wait" -> Optional.of(new State.Wait(state, path(fields, "SecondsPath"), next(fields)));
                    case "Succeed" -> Optional.of(new State.Succeed(state));
                    case "Fail" -> Optional.of(new State.Fail(state, fields.text("Error"), fields.text("Cause")));
                    default -> Optional.empty();
                };
        if (read.isEmpty()) {
            problems.add(fields.at("Type"), "\"%s\" is none of %s".formatted(type, String.join(", ", TYPES)));
        } else {
            fields.end();
        }
        return read;
    }

    private State task(String state, Fields fields) {
        String resource = fields.text("Resource");
        if (!StateMachine.RESOURCES.contains(resource)) {
            problems.add(
                    fields.at("Resource"),
                    "\"%s\" is none of %s".formatted(resource, String.join(", ", StateMachine.RESOURCES)));
        }
        return new State.Task(
                state,
                resource,
                template(fields, "Parameters"),
                template(fields, "ResultSelector"),
                resultPath(fields),
                seconds(fields, "TimeoutSeconds"),
                retriers(fields),
                catchers(fields),
                next(fields));
    }

    private State parallel(String state, Fields fields) {
        List<Graph> branches = new ArrayList<>();
        List<JsonNode> definitions = fields.array("Branches");
        for (int i = 0; i < definitions.size(); i++) {
            Fields branch = new Fields(definitions.get(i), "%s[%d]".formatted(fields.at("Branches"), i), problems);
            branches.add(graph(branch));
            branch.end();
        }
        return new State.Parallel(state, template(fields, "Parameters"), resultPath(fields), branches, next(fields));
    }

    private State choice(String state, Fields fields) {
        List<State.Choice.Alternative> alternatives = new ArrayList<>();
        List<JsonNode> definitions = fields.array("Choices");
        for (int i = 0; i < definitions.size(); i++) {
            String place = "%s[%d]".formatted(fields.at("Choices"), i);
            Fields alternative = new Fields(definitions.get(i), place, problems);
            ChoiceRule rule = rules.read(alternative, place);
            alternatives.add(new State.Choice.Alternative(rule, alternative.text("Next")));
            alternative.end();
        }
        return new State.Choice(state, alternatives, fields.optionalText("Default"));
    }

    private State pass(String state, Fields fields) {
        Optional<PayloadTemplate> parameters = template(fields, "Parameters");
        Optional<JsonNode> result = fields.any("Result");
        if (parameters.isPresent() && result.isPresent()) {
            problems.add(fields.at("Result"), "it is there beside Parameters, and one of them would have no effect");
        }
        return new State.Pass(state, parameters, result, resultPath(fields), next(fields));
    }

    private Optional<String> next(Fields fields) {
        Optional<JsonNode> end = fields.any("End");
        Optional<String> next = fields.optionalText("Next");
        if (end.filter(value -> !value.isBoolean() || !value.booleanValue()).isPresent()) {
            problems.add(fields.at("End"), "true is expected");
        } else if (end.isPresent() == fields.has("Next")) {
            problems.add(fields.at("Next"), "either Next or End is expected");
        }
        return next;
    }

    private Optional<PayloadTemplate> template(Fields fields, String field) {
        return fields.any(field).map(template -> PayloadTemplate.read(template, fields.at(field), problems));
    }

    private Optional<Duration> seconds(Fields fields, String field) {
        return fields.optionalWhole(field, 1, MOST_SECONDS).map(Duration::ofSeconds);
    }

    private ReferencePath path(Fields fields, String field) {
        try {
            return ReferencePath.parse(fields.text(field));
        } catch (IllegalArgumentException e) {
            problems.add(fields.at(field), e.getMessage());
            return ReferencePath.parse("$");
        }
    }

    private ResultPath resultPath(Fields fields) {
        if (fields.any("ResultPath").filter(JsonNode::isNull).isPresent()) {
            return ResultPath.DROPPED;
        }
        try {
            return fields.optionalText("ResultPath").map(ResultPath::parse).orElse(ResultPath.WHOLE);
        } catch (IllegalArgumentException e) {
            problems.add(fields.at("ResultPath"), e.getMessage());
            return ResultPath.WHOLE;
        }
    }

    private List<Retrier> retriers(Fields fields) {
        List<Retrier> retriers = new ArrayList<>();
        List<JsonNode> definitions = fields.has("Retry") ? fields.array("Retry") : List.of();
        for (int i = 0; i < definitions.size(); i++) {
            Fields retrier = new Fields(definitions.get(i), "%s[%d]".formatted(fields.at("Retry"), i), problems);
            retriers.add(retrier(retrier, i == definitions.size() - 1));
            retrier.end();
        }
        return retriers;
    }

    private Retrier retrier(Fields fields, boolean last) {
        List<String> errors = errors(fields, last);
        int interval =
                fields.optionalWhole("IntervalSeconds", 1, MOST_SECONDS).orElse(Retrier.DEFAULT_INTERVAL_SECONDS);
        Optional<Integer> longest = fields.optionalWhole("MaxDelaySeconds", 1, Retrier.LONGEST_SECONDS - 1);
        if (longest.filter(seconds -> seconds <= interval).isPresent()) {
            problems.add(fields.at("MaxDelaySeconds"), "it is not more than IntervalSeconds, which is " + interval);
        }
        Optional<String> jitter = fields.optionalText("JitterStrategy");
        if (jitter.filter(strategy -> !strategy.equals("FULL") && !strategy.equals("NONE"))
                .isPresent()) {
            problems.add(fields.at("JitterStrategy"), "FULL or NONE is expected");
        }
        return new Retrier(
                errors,
                Duration.ofSeconds(interval),
                fields.optionalWhole("MaxAttempts", 0, MOST_RETRIES).orElse(Retrier.DEFAULT_RETRIES),
                backOffRate(fields),
                longest.map(Duration::ofSeconds),
                jitter.filter("FULL"::equals).isPresent());
    }

    private double backOffRate(Fields fields) {
        Optional<JsonNode> rate = fields.any("BackoffRate");
        if (rate.filter(value -> !value.isNumber() || value.doubleValue() < 1).isPresent()) {
            problems.add(fields.at("BackoffRate"), "a number of at least 1 is expected");
        }
        return rate.map(JsonNode::doubleValue).orElse(Retrier.DEFAULT_BACK_OFF_RATE);
    }

    private List<Catcher> catchers(Fields fields) {
        List<Catcher> catchers = new ArrayList<>();
        List<JsonNode> definitions = fields.has("Catch") ? fields.array("Catch") : List.of();
        for (int i = 0; i < definitions.size(); i++) {
            Fields catcher = new Fields(definitions.get(i), "%s[%d]".formatted(fields.at("Catch"), i), problems);
            catchers.add(new Catcher(
                    errors(catcher, i == definitions.size() - 1), resultPath(catcher), catcher.text("Next")));
            catcher.end();
        }
        return catchers;
    }

    private List<String> errors(Fields fields, boolean last) {
        String field = "ErrorEquals";
        List<String> errors = new ArrayList<>();
        for (JsonNode error : fields.array(field)) {
            if (!error.isTextual()) {
                problems.add(fields.at(field), "names of errors are expected");
            } else if (error.textValue().startsWith("States.") && !ErrorName.NAMEABLE.contains(error.textValue())) {
                problems.add(
                        fields.at(field),
                        "\"%s\" is none of %s".formatted(error.textValue(), String.join(", ", ErrorName.NAMEABLE)));
            } else {
                errors.add(error.textValue());
            }
        }
        if (errors.contains(ErrorName.ALL) && (errors.size() > 1 || !last)) {
            problems.add(fields.at(field), "%s stands alone, and in the last entry".formatted(ErrorName.ALL));
        }
        return errors;
    }
}
