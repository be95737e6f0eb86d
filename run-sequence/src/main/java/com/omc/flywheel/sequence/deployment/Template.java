package com.omc.flywheel.sequence.deployment;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON file with {@code ${name}} in its texts, which Terraform's {@code templatefile} renders in the same way.
 *
 * @param file where it was read
 * @param text as it is stored
 */
public record Template(Path file, String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z0-9_]+)\\}");
    /** Terraform's directives and escapes, which these files do without so that both renderings agree. */
    private static final Pattern OTHER_SYNTAX = Pattern.compile("%\\{|\\$\\$\\{|\\$\\{(?![a-z0-9_]+\\})");

    public Template {
        Matcher other = OTHER_SYNTAX.matcher(text);
        if (other.find()) {
            throw new JobFailure(
                    FailureKind.BAD_DATA,
                    "%s: \"%s\" is more than a name in ${...}; the file is rendered by Terraform and by this program, which know names alone"
                            .formatted(
                                    file, text.substring(other.start(), Math.min(text.length(), other.start() + 20))));
        }
    }

    /** Reads the file; throws ENVIRONMENT when it is not there, as it is part of this project. */
    public static Template read(Path file) {
        try {
            return new Template(file, Files.readString(file));
        } catch (IOException e) {
            throw new JobFailure(
                    FailureKind.ENVIRONMENT, "cannot read %s (%s), a file of this project".formatted(file, e), e);
        }
    }

    /** The names in it. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            names.add(placeholder.group(1));
        }
        return names;
    }

    /**
     * The text with the values, which stay texts whatever their characters are.
     *
     * @throws JobFailure BAD_ARGUMENT naming every name that has no value
     */
    public String render(Map<String, String> values) {
        Set<String> absent = names();
        absent.removeAll(values.keySet());
        if (!absent.isEmpty()) {
            throw new JobFailure(
                    FailureKind.BAD_ARGUMENT, "%s needs values of %s".formatted(file, String.join(", ", absent)));
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        new String(JsonStringEncoder.getInstance().quoteAsString(values.get(match.group(1))))));
    }
}
