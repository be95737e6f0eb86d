package com.omc.flywheel.common.arguments;

import com.omc.flywheel.common.failure.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tokens that AWS Glue or a person passes, taken apart: {@code --KEY value} or {@code --KEY=value} in any order.
 *
 * <p>Names with an underscore or without lower-case letters are ours and must be known. Others in kebab-case or
 * camel-case are Glue's own ({@code --TempDir}, {@code --enable-metrics}) and only noted, unless they spell one of our
 * names: a {@code --dry-run} that is ignored would write. Source of Glue's names: AWS Glue developer guide, "Using job
 * parameters in AWS Glue jobs".
 *
 * @param values the value of each known name that was given; an empty one where only the name was given
 * @param bare the known names that stand without a value
 * @param helpAsked whether {@code --help} was among the tokens
 * @param notes what the operator may want to know: repeated names, names left to Glue
 * @param problems what is wrong, a sentence each
 */
record CommandLine(
        Map<String, String> values, Set<String> bare, boolean helpAsked, List<String> notes, List<String> problems) {
    private static final Set<String> GIVEN_BY_GLUE =
            Set.of("JOB_ID", "JOB_NAME", "JOB_RUN_ID", "SECURITY_CONFIGURATION", "WORKFLOW_NAME", "WORKFLOW_RUN_ID");

    static CommandLine parse(List<String> tokens, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> bare = new HashSet<>();
        List<String> notes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean helpAsked = false;

        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (!token.startsWith("--") || token.length() == 2) {
                problems.add("\"%s\" belongs to no argument; write --KEY value".formatted(token));
                continue;
            }
            int equals = token.indexOf('=');
            String name = equals < 0 ? token.substring(2) : token.substring(2, equals);
            boolean hasValue =
                    equals >= 0 || (i + 1 < tokens.size() && !tokens.get(i + 1).startsWith("--"));
            String value = "";
            if (equals >= 0) {
                value = token.substring(equals + 1);
            } else if (hasValue) {
                value = tokens.get(++i);
            }

            if (name.equals("help")) {
                helpAsked = true;
            } else if (known.contains(name)) {
                bare.remove(name);
                if (!hasValue) {
                    bare.add(name);
                }
                if (values.put(name, value) != null) {
                    notes.add("--%s is given more than once; the last one counts".formatted(name));
                }
            } else if (!GIVEN_BY_GLUE.contains(name)) {
                unknown(name, known)
                        .ifPresentOrElse(problems::add, () -> notes.add("--%s is left to AWS Glue".formatted(name)));
            }
        }
        return new CommandLine(values, bare, helpAsked, notes, problems);
    }

    private static Optional<String> unknown(String name, Set<String> known) {
        Optional<String> respelt = known.stream()
                .filter(ours -> lettersOf(ours).equals(lettersOf(name)))
                .findFirst();
        if (respelt.isPresent()) {
            return respelt.map(ours -> "--%s: did you mean --%s?".formatted(name, ours));
        }
        boolean ofGluesForm = !name.contains("_") && !name.equals(name.toUpperCase(Locale.ROOT));
        if (ofGluesForm) {
            return Optional.empty();
        }
        String hint = Names.nearest(name, known)
                .map("; did you mean --%s?"::formatted)
                .orElse("");
        return Optional.of("--%s is not an argument of this job%s Known: %s"
                .formatted(name, hint.isEmpty() ? "." : hint, String.join(", ", new TreeSet<>(known))));
    }

    private static String lettersOf(String name) {
        return name.replaceAll("[-_]", "").toUpperCase(Locale.ROOT);
    }
}
