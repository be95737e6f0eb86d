package com.omc.flywheel.sequence.glue;

import com.omc.flywheel.sequence.awsjson.AwsJsonError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Everything that is wrong with one request, so that all of it is answered at once, as AWS does. */
final class Violations {
    /** What Glue's fields of one line take: no control character but the tabulator. */
    private static final Pattern SINGLE_LINE =
            Pattern.compile("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}\\t]*");

    private final List<String> constraints = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    void missing(String path) {
        constraints.add("Value null at '%s' failed to satisfy constraint: Member must not be null".formatted(path));
    }

    void malformed(String path, String expected) {
        malformed.add("%s: expected %s".formatted(path, expected));
    }

    void unknown(String path) {
        unknown.add(path);
    }

    void checkText(String path, String value, GlueLimit limit) {
        int length = limit.unit() == GlueLimit.Unit.BYTES
                ? value.getBytes(StandardCharsets.UTF_8).length
                : value.codePointCount(0, value.length());
        checkSize(path, length, limit);
    }

    void checkSingleLine(String path, String value, GlueLimit limit) {
        checkText(path, value, limit);
        if (!SINGLE_LINE.matcher(value).matches()) {
            add(path, "satisfy regular expression pattern: a single line of text");
        }
    }

    void checkSize(String path, long size, GlueLimit limit) {
        String measure = limit.unit() == GlueLimit.Unit.NUMBER ? "value" : "length";
        if (size > limit.maximum()) {
            add(path, "have %s less than or equal to %d".formatted(measure, limit.maximum()));
        } else if (size < limit.minimum()) {
            add(path, "have %s greater than or equal to %d".formatted(measure, limit.minimum()));
        }
    }

    private void add(String path, String demand) {
        constraints.add("Value at '%s' failed to satisfy constraint: Member must %s".formatted(path, demand));
    }

    void throwIfAny() throws AwsJsonError {
        if (!malformed.isEmpty()) {
            throw AwsJsonError.ofCaller("SerializationException", String.join("; ", malformed));
        }
        if (!unknown.isEmpty()) {
            throw AwsJsonError.ofCaller("InvalidInputException", "Unknown fields: " + String.join(", ", unknown));
        }
        if (!constraints.isEmpty()) {
            throw AwsJsonError.ofCaller(
                    "ValidationException",
                    "%d validation error%s detected: %s"
                            .formatted(
                                    constraints.size(),
                                    constraints.size() == 1 ? "" : "s",
                                    String.join("; ", constraints)));
        }
    }
}
