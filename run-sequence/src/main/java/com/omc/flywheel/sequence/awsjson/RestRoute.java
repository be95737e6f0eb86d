package com.omc.flywheel.sequence.awsjson;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an operation of a REST service is found, as the model of its API has it.
 *
 * @param method of HTTP
 * @param path with labels in braces, for example {@code /memberships/{membershipIdentifier}}
 * @param operation for example {@code GetMembership}
 */
public record RestRoute(String method, String path, String operation) {
    private static final String SEPARATOR = "/";

    public RestRoute {
        if (!path.startsWith(SEPARATOR)) {
            throw new IllegalArgumentException("the path of %s does not begin with /: %s".formatted(operation, path));
        }
    }

    /**
     * The values of the labels when the request is one of this operation, else empty.
     *
     * @param rawPath as it was sent, with its percent signs: a label may hold an encoded slash
     */
    public Optional<Map<String, String>> labels(String otherMethod, String rawPath) {
        List<String> wanted = segments(path);
        List<String> given = segments(rawPath);
        if (!method.equals(otherMethod) || wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String segment = wanted.get(i);
            if (isLabel(segment)) {
                labels.put(labelName(segment), decoded(given.get(i)));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(labels);
    }

    /** The names of the labels, in their order. */
    public List<String> labelNames() {
        return segments(path).stream()
                .filter(RestRoute::isLabel)
                .map(RestRoute::labelName)
                .toList();
    }

    /** The path with the labels filled in, as they are. */
    public String filled(Map<String, String> labels) {
        String filled = path;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            filled = filled.replace("{" + label.getKey() + "}", label.getValue());
        }
        return filled;
    }

    /** The text of a part of a path or query; a plus sign stands for itself, as AWS's clients send it. */
    static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean isLabel(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String labelName(String segment) {
        return segment.substring(1, segment.length() - 1);
    }

    private static List<String> segments(String path) {
        return List.of(path.split(SEPARATOR, -1));
    }
}
