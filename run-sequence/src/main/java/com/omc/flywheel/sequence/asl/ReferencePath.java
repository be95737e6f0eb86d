package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path to one value, such as {@code $.results.splits[0].outcome} or {@code $$.Execution.Name}.
 *
 * @param text as it is written
 * @param ofContext whether it begins with {@code $$}
 * @param steps the fields (texts) and the indexes into arrays (whole numbers) on the way
 */
record ReferencePath(String text, boolean ofContext, List<Object> steps) implements Expression {
    private static final Pattern FORM = Pattern.compile("\\$\\$?(\\.[A-Za-z_][A-Za-z0-9_]*|\\[[0-9]{1,6}\\])*");
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\[([0-9]+)\\]");

    ReferencePath {
        steps = List.copyOf(steps);
    }

    /** Reads it; throws IllegalArgumentException that says what is wrong. */
    static ReferencePath parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no path of the form $.field.field[0] or $$.field.field".formatted(text));
        }
        boolean ofContext = text.startsWith("$$");
        if (ofContext && !ContextObject.has(text)) {
            throw new IllegalArgumentException(
                    "\"%s\" is none of the known paths %s".formatted(text, String.join(", ", ContextObject.PATHS)));
        }
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        while (step.find()) {
            steps.add(step.group(1) == null ? (Object) Integer.valueOf(step.group(2)) : step.group(1));
        }
        return new ReferencePath(text, ofContext, steps);
    }

    /** The value; empty when there is none. */
    Optional<JsonNode> find(Scope scope) {
        JsonNode node = ofContext ? scope.context() : scope.data();
        for (Object step : steps) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    @Override
    public JsonNode evaluate(Scope scope) {
        return find(scope)
                .orElseThrow(() -> new StateError(
                        ErrorName.RUNTIME,
                        "The path '%s' could not be found in %s"
                                .formatted(text, ofContext ? "the context" : "the input '" + scope.data() + "'")));
    }
}
