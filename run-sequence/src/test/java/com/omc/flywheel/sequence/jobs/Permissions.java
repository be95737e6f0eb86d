package com.omc.flywheel.sequence.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.omc.flywheel.sequence.deployment.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What each role may do, by its name, as the file of the module {@code iam} says.
 *
 * @param roles the statements of each
 */
record Permissions(Map<String, List<Statement>> roles) {
    static final String FILE = "terraform/modules/iam/permissions.json";

    /**
     * Some actions on some resources.
     *
     * @param sid its name
     * @param when what an environment must have for it; absent when every one has it
     */
    record Statement(String sid, Optional<String> when, List<String> actions, List<String> resources) {
        boolean allows(Need need) {
            return allowsAction(need) && resources.stream().anyMatch(resource -> matches(resource, need.resource()));
        }

        private boolean allowsAction(Need need) {
            return actions.stream().anyMatch(action -> matches(action, need.action()));
        }
    }

    static Permissions read(Path home, Map<String, String> values) throws IOException {
        JsonNode file =
                new ObjectMapper().readTree(Template.read(home.resolve(FILE)).render(values));
        Map<String, List<Statement>> roles = new LinkedHashMap<>();
        file.fields().forEachRemaining(role -> {
            List<Statement> statements = new ArrayList<>();
            role.getValue()
                    .forEach(statement -> statements.add(new Statement(
                            statement.path("sid").asText(),
                            Optional.ofNullable(statement.path("when").textValue()),
                            texts(statement.path("actions")),
                            texts(statement.path("resources")))));
            roles.put(role.getKey(), statements);
        });
        return new Permissions(roles);
    }

    /** Those of a role that every environment has, and those of an environment with Athena. */
    List<Statement> ofRole(String role) {
        return roles.getOrDefault(role, List.of()).stream()
                .filter(statement -> statement.when().orElse("athena").equals("athena"))
                .toList();
    }

    boolean allow(String role, Need need) {
        return ofRole(role).stream().anyMatch(statement -> statement.allows(need));
    }

    /** As IAM compares: a star is any text, a question mark any character. */
    static boolean matches(String pattern, String text) {
        String expression = pattern.chars()
                .mapToObj(character -> switch (character) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(character));
                })
                .collect(Collectors.joining());
        return Pattern.matches(expression, text);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
