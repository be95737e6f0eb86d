package com.omc.flywheel.sequence.deployment;

import com.omc.flywheel.common.arguments.ArgumentRecord;
import com.omc.flywheel.common.failure.JobFailure;
import com.omc.flywheel.common.job.JobDefinition;
import com.omc.flywheel.jobs.JobCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the settings of the jobs must hold to; each problem is a sentence that begins with the job's name. */
final class SettingsRules {
    private static final Set<String> ROLES = Set.of("data", "catalog", "reports");
    /** Of AWS Glue: the sizes of workers for Spark jobs. */
    private static final Set<String> WORKERS = Set.of("G.1X", "G.2X", "G.4X", "G.8X", "G.12X", "G.16X");

    private static final Pattern SENTENCE = Pattern.compile("[A-Z][^.]*[^. ]\\.");
    private static final Pattern NEEDED = Pattern.compile("--[A-Z_]+: is needed.*");

    private SettingsRules() {}

    /** The jobs that there are, by name. */
    static Map<String, JobDefinition<?>> jobs() {
        Map<String, JobDefinition<?>> jobs = new LinkedHashMap<>();
        JobCatalog.all().forEach(job -> jobs.put(job.name(), job));
        return jobs;
    }

    /** The problems of the settings that one environment has. */
    static List<String> problems(Map<String, JobSettings> settings) {
        List<String> problems = new ArrayList<>();
        Map<String, JobDefinition<?>> jobs = jobs();
        Set<String> names = new TreeSet<>(jobs.keySet());
        names.addAll(settings.keySet());
        for (String name : names) {
            if (!settings.containsKey(name)) {
                problems.add("%s: has no settings".formatted(name));
            } else if (!jobs.containsKey(name)) {
                problems.add("%s: is not a job of the catalog".formatted(name));
            } else {
                ofOne(settings.get(name), jobs.get(name))
                        .forEach(problem -> problems.add("%s: %s".formatted(name, problem)));
            }
        }
        return problems;
    }

    private static List<String> ofOne(JobSettings settings, JobDefinition<?> job) {
        List<String> problems = new ArrayList<>();
        if (!settings.mainClass().equals(job.mainClass().getName())) {
            problems.add("the class is %s and not %s"
                    .formatted(settings.mainClass(), job.mainClass().getName()));
        }
        if (!SENTENCE.matcher(settings.purpose()).matches()) {
            problems.add("the purpose is not a sentence: %s".formatted(settings.purpose()));
        }
        if (!ROLES.contains(settings.role())) {
            problems.add("%s is not a role".formatted(settings.role()));
        }
        if (!WORKERS.contains(settings.workerType()) || settings.numberOfWorkers() < 2) {
            problems.add("%s times %d is not what Glue runs Spark on"
                    .formatted(settings.workerType(), settings.numberOfWorkers()));
        }
        if (settings.timeout().isZero() || settings.maxConcurrentRuns() < 1) {
            problems.add("the timeout or the number of concurrent runs is not positive");
        }
        settings.arguments().forEach((name, value) -> {
            if (value.isBlank()) {
                problems.add("--%s is blank; Glue does not pass it on".formatted(name));
            }
        });
        // What the sequences alone can give is not needed here.
        unread(job, settings.arguments()).stream()
                .filter(problem -> !NEEDED.matcher(problem).matches())
                .forEach(problems::add);
        return problems;
    }

    /** What the job says of these arguments, a sentence each; nothing when it would start. */
    static List<String> unread(JobDefinition<?> job, Map<String, String> arguments) {
        List<String> tokens = new ArrayList<>();
        arguments.forEach((name, value) -> tokens.addAll(List.of("--" + name, value)));
        try {
            ArgumentRecord.Parsed<?> parsed = job.argumentRecord().read(job.name(), tokens);
            return parsed.notes();
        } catch (JobFailure failure) {
            return failure.getMessage()
                    .lines()
                    .skip(1)
                    .map(line -> line.replaceFirst("^  - ", ""))
                    .toList();
        }
    }
}
