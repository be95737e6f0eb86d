package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the value of a field whose name ends in {@code .$}: a path, or calls of intrinsic functions in each other. */
final class ExpressionParser {
    /** Calls in calls (developer guide, intrinsic functions: up to ten can be nested). */
    private static final int DEEPEST = 10;

    private static final String ENDS = ",) ";

    private final String text;
    private int position;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /** Reads it; throws IllegalArgumentException that says what is wrong. */
    static Expression parse(String text) {
        if (text.startsWith("$")) {
            return ReferencePath.parse(text);
        }
        ExpressionParser parser = new ExpressionParser(text);
        Expression call = parser.call(1);
        if (parser.position < text.length()) {
            throw parser.wrong("nothing may follow the call");
        }
        return call;
    }

    private Expression call(int depth) {
        int open = text.indexOf('(', position);
        String name = open < 0 ? text.substring(position) : text.substring(position, open);
        if (open < 0 || !name.startsWith("States.")) {
            throw wrong("neither a path nor a call of a function");
        }
        if (depth > DEEPEST) {
            throw wrong("more than %d calls in each other".formatted(DEEPEST));
        }
        position = open + 1;
        if (name.equals(FormatCall.NAME)) {
            return format(depth);
        }
        IntrinsicFunction function = IntrinsicFunction.named(name)
                .orElseThrow(() -> wrong("\"%s\" is none of the functions %s"
                        .formatted(
                                name,
                                Stream.concat(
                                                Stream.of(FormatCall.NAME),
                                                Arrays.stream(IntrinsicFunction.values())
                                                        .map(IntrinsicFunction::written))
                                        .sorted()
                                        .collect(Collectors.joining(", ")))));
        List<Expression> arguments = new ArrayList<>();
        skipSpaces();
        if (peek() != ')') {
            arguments.add(argument(depth));
        }
        moreArguments(arguments, depth);
        if (!function.takes(arguments.size())) {
            throw wrong("%s does not take %d arguments".formatted(name, arguments.size()));
        }
        return new FunctionCall(function, arguments);
    }

    private Expression format(int depth) {
        skipSpaces();
        if (peek() != '\'') {
            throw wrong("the first argument of %s is a text in single quotes".formatted(FormatCall.NAME));
        }
        List<String> pieces = quoted(true);
        List<Expression> values = new ArrayList<>();
        moreArguments(values, depth);
        if (values.size() != pieces.size() - 1) {
            throw wrong("%s has %d times {} and %d values for them"
                    .formatted(FormatCall.NAME, pieces.size() - 1, values.size()));
        }
        return new FormatCall(pieces, values);
    }

    /** Reads what follows an argument, up to the end of the call. */
    private void moreArguments(List<Expression> arguments, int depth) {
        skipSpaces();
        while (peek() == ',') {
            position++;
            skipSpaces();
            arguments.add(argument(depth));
            skipSpaces();
        }
        if (peek() != ')') {
            throw wrong("a comma or a closing parenthesis is missing");
        }
        position++;
    }

    private Expression argument(int depth) {
        if (peek() == '\'') {
            return literal(TextNode.valueOf(quoted(false).get(0)));
        }
        if (text.startsWith("States.", position)) {
            return call(depth + 1);
        }
        int start = position;
        while (position < text.length() && ENDS.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.startsWith("$")) {
            return ReferencePath.parse(word);
        }
        return literal(
                switch (word) {
                    case "true" -> BooleanNode.TRUE;
                    case "false" -> BooleanNode.FALSE;
                    case "null" -> NullNode.getInstance();
                    default -> number(word);
                });
    }

    private JsonNode number(String word) {
        if (word.matches("-?[0-9]{1,9}")) {
            return IntNode.valueOf(Integer.parseInt(word));
        }
        if (word.matches("-?[0-9]{1,15}\\.[0-9]{1,15}")) {
            return DecimalNode.valueOf(new BigDecimal(word));
        }
        throw wrong("\"%s\" is neither a text in single quotes, a number, true, false, null, a path nor a call"
                .formatted(word));
    }

    /**
     * The text in single quotes, without its escapes.
     *
     * @param split whether {@code {}} parts it into pieces
     */
    private List<String> quoted(boolean split) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        position++;
        while (peek() != '\'') {
            if (peek() == '\\') {
                position++;
                if ("'{}\\".indexOf(peek()) < 0) {
                    throw wrong("a backslash in a text stands before ', {, } or another backslash");
                }
            } else if (split && text.startsWith("{}", position)) {
                pieces.add(piece.toString());
                piece.setLength(0);
                position += 2;
                continue;
            } else if (split && (peek() == '{' || peek() == '}')) {
                throw wrong("a brace in the text of %s is {} or follows a backslash".formatted(FormatCall.NAME));
            }
            piece.append(peek());
            position++;
        }
        position++;
        pieces.add(piece.toString());
        return pieces;
    }

    private char peek() {
        if (position >= text.length()) {
            throw wrong("it is not closed");
        }
        return text.charAt(position);
    }

    private void skipSpaces() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }

    private static Expression literal(JsonNode value) {
        return scope -> value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "%s (at character %d of \"%s\")".formatted(what, position + 1, text.replace("\n", "\\n")));
    }
}
