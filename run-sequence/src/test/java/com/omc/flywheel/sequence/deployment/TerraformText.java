package com.omc.flywheel.sequence.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What files of Terraform say, as far as their text tells it, which {@code terraform fmt} keeps regular.
 *
 * @param text of a file
 */
public record TerraformText(String text) {
    private static final Pattern VARIABLE = Pattern.compile("(?ms)^variable \"(\\w+)\" \\{\n(.*?)^\\}$");
    private static final Pattern SETTING = Pattern.compile("  (\\w+)\\s+= (.*)");
    private static final Pattern DEFAULT_OF_A_JOB =
            Pattern.compile("lookup\\(local\\.told\\[\"([a-z-]+)\"\\], \"--([A-Z_]+)\", \"([^\"]*)\"\\)");

    /**
     * A variable and what it is given, each on one line.
     *
     * @param settings by name, as {@code type}
     * @param validated whether it has a rule
     */
    record Variable(String name, Map<String, String> settings, boolean validated) {}

    /** What a job does when it is not told. */
    record JobDefault(String job, String argument, String value) {}

    public static TerraformText read(Path file) throws IOException {
        return new TerraformText(Files.readString(file));
    }

    List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            variables.add(new Variable(
                    variable.group(1),
                    settings(variable.group(2)),
                    variable.group(2).contains("  validation {")));
        }
        return variables;
    }

    private static Map<String, String> settings(String block) {
        Map<String, String> settings = new LinkedHashMap<>();
        String last = "";
        for (String line : block.split("\n", -1)) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                last = setting.group(1);
                settings.put(last, setting.group(2).strip());
            } else if (line.equals("  validation {")) {
                last = "";
            } else if (!last.isEmpty()) {
                settings.merge(last, " " + line.strip().replaceAll("\\s+", " "), String::concat);
            }
        }
        settings.replaceAll((name, value) -> value.strip());
        return settings;
    }

    /** The names that are set between the braces that the first line with this text opens. */
    public Set<String> keys(String opening) {
        List<String> lines =
                text.lines().dropWhile(line -> !line.contains(opening)).collect(Collectors.toList());
        if (lines.isEmpty() || !lines.get(0).endsWith("{")) {
            throw new AssertionError("%s opens no braces".formatted(opening));
        }
        String indent = " ".repeat(lines.get(0).indexOf(lines.get(0).strip()));
        Pattern key = Pattern.compile(Pattern.quote(indent + "  ") + "(\\w+)\\s+= .*");
        return lines.stream()
                .skip(1)
                .takeWhile(line -> !line.startsWith(indent + "}"))
                .map(key::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<JobDefault> defaultsOfJobs() {
        return DEFAULT_OF_A_JOB
                .matcher(text)
                .results()
                .map(found -> new JobDefault(found.group(1), found.group(2), found.group(3)))
                .toList();
    }
}
