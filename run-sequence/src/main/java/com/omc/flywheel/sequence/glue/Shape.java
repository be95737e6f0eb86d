package com.omc.flywheel.sequence.glue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What may stand at one place of a request. */
@FunctionalInterface
interface Shape {
    void check(String path, JsonNode value, Violations violations);

    /** Anything. */
    static Shape anything() {
        return (path, value, violations) -> {};
    }

    static Shape text(GlueLimit limit) {
        return (path, value, violations) -> {
            if (value.isTextual()) {
                violations.checkText(path, value.textValue(), limit);
            } else {
                violations.malformed(path, "a string");
            }
        };
    }

    static Shape singleLine(GlueLimit limit) {
        return (path, value, violations) -> {
            if (value.isTextual()) {
                violations.checkSingleLine(path, value.textValue(), limit);
            } else {
                violations.malformed(path, "a string");
            }
        };
    }

    static Shape flag() {
        return (path, value, violations) -> {
            if (!value.isBoolean()) {
                violations.malformed(path, "true or false");
            }
        };
    }

    static Shape number() {
        return (path, value, violations) -> {
            if (!value.isNumber()) {
                violations.malformed(path, "a number");
            }
        };
    }

    static Shape number(GlueLimit limit) {
        return (path, value, violations) -> {
            if (value.isIntegralNumber()) {
                violations.checkSize(path, value.longValue(), limit);
            } else {
                violations.malformed(path, "a whole number");
            }
        };
    }

    static Shape list(Shape member) {
        return (path, value, violations) -> {
            if (!value.isArray()) {
                violations.malformed(path, "a list");
            }
            for (int i = 0; i < value.size(); i++) {
                member.check("%s.%d.member".formatted(path, i + 1), value.get(i), violations);
            }
        };
    }

    /** A list of so many members. */
    static Shape list(GlueLimit limit, Shape member) {
        Shape members = list(member);
        return (path, value, violations) -> {
            violations.checkSize(path, value.size(), limit);
            members.check(path, value, violations);
        };
    }

    static Shape parameters() {
        Shape text = text(GlueLimit.PARAMETER_VALUE);
        return (path, value, violations) -> {
            if (!value.isObject()) {
                violations.malformed(path, "a map");
            }
            value.fields().forEachRemaining(entry -> {
                violations.checkSingleLine(path + ".key", entry.getKey(), GlueLimit.PARAMETER_KEY);
                text.check(path + "." + entry.getKey() + ".member", entry.getValue(), violations);
            });
        };
    }

    /** A structure, of which fields of other names are refused. */
    static Structure structure(Map<String, Shape> fields, String... required) {
        return new Structure(fields, Set.of(required));
    }

    /** Fields with names. */
    record Structure(Map<String, Shape> fields, Set<String> required) implements Shape {
        public Structure {
            fields = Map.copyOf(fields);
            required = Set.copyOf(required);
        }

        @Override
        public void check(String path, JsonNode value, Violations violations) {
            if (!value.isObject()) {
                violations.malformed(path, "a structure");
                return;
            }
            new TreeMap<>(fields).forEach((name, shape) -> {
                JsonNode field = value.path(name);
                String fieldPath = path + "." + Names.lowerCamel(name);
                if (!field.isMissingNode() && !field.isNull()) {
                    shape.check(fieldPath, field, violations);
                } else if (required.contains(name)) {
                    violations.missing(fieldPath);
                }
            });
            value.fieldNames().forEachRemaining(name -> {
                if (!fields.containsKey(name)) {
                    violations.unknown(path + "." + name);
                }
            });
        }
    }
}
