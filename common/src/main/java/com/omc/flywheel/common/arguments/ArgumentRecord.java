package com.omc.flywheel.common.arguments;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of one job, as its record declares them: the only declaration there is.
 *
 * <p>Each component carries an {@link Argument}. Its name is the component's in UPPER_SNAKE; it is needed unless it has
 * a default or is an {@link java.util.Optional}; its type is one that {@link ArgumentType} can read. Blank and
 * {@code _NONE_} (Terraform's and the run sequence's word) mean absent, here and nowhere else. Rules between arguments
 * live in the record's compact constructor as {@link IllegalArgumentException}s. A component without the annotation is
 * a record of arguments that several jobs have.
 *
 * @param <R> the record
 */
public final class ArgumentRecord<R extends Record> {
    /** What stands for no value: an argument of a Glue job cannot be empty. */
    public static final String ABSENT = "_NONE_";

    private final Class<R> type;
    private final Map<String, DeclaredArgument> declared = new LinkedHashMap<>();

    /** Throws IllegalStateException when the record is not declared as described above. */
    public ArgumentRecord(Class<R> type) {
        this.type = type;
        declare(type);
    }

    private void declare(Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (isGroup(component)) {
                declare(component.getType());
                continue;
            }
            DeclaredArgument argument = DeclaredArgument.of(record, component);
            if (declared.put(argument.name(), argument) != null) {
                throw new IllegalStateException("%s declares --%s twice".formatted(type.getName(), argument.name()));
            }
        }
    }

    private static boolean isGroup(RecordComponent component) {
        return component.getAnnotation(Argument.class) == null
                && component.getType().isRecord();
    }

    /** The names that the job knows, in the order of the record. */
    public Set<String> names() {
        return declared.keySet();
    }

    /** What stands for each argument that has a default and is absent. */
    public Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        declared.forEach((name, argument) -> argument.defaultValue().ifPresent(value -> defaults.put(name, value)));
        return defaults;
    }

    /**
     * Reads the tokens of a command line.
     *
     * @throws JobFailure BAD_ARGUMENT with every problem there is
     */
    public Parsed<R> read(String job, List<String> tokens) {
        CommandLine line = CommandLine.parse(tokens, declared.keySet());
        if (line.helpAsked()) {
            return new Parsed<>(null, true, line.notes());
        }
        List<String> problems = new ArrayList<>(line.problems());
        Map<String, Object> values = new LinkedHashMap<>();
        for (DeclaredArgument argument : declared.values()) {
            String name = argument.name();
            try {
                values.put(
                        name, argument.read(line.values().get(name), line.bare().contains(name)));
            } catch (IllegalArgumentException e) {
                problems.add("--%s: %s".formatted(argument.name(), e.getMessage()));
            }
        }
        if (problems.isEmpty()) {
            try {
                Object arguments = construct(type, values.values().iterator());
                return new Parsed<>(type.cast(arguments), false, line.notes());
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        throw JobFailure.ofAll(
                FailureKind.BAD_ARGUMENT,
                "%s cannot start; mend these arguments (--help explains each):".formatted(job),
                problems);
    }

    /** The arguments as a log line shows them: every name with its value, {@code _NONE_} for an absent one. */
    public String describe(R arguments) {
        return String.join(" ", pairs(arguments));
    }

    private static List<String> pairs(Record arguments) {
        List<String> pairs = new ArrayList<>();
        for (RecordComponent component : arguments.getClass().getRecordComponents()) {
            Object value = DeclaredArgument.value(component, arguments);
            if (isGroup(component)) {
                pairs.addAll(pairs((Record) value));
                continue;
            }
            Object shown = value instanceof Optional<?> optional
                    ? optional.map(Object.class::cast).orElse(ABSENT)
                    : value;
            pairs.add("--%s %s".formatted(DeclaredArgument.name(component), shown));
        }
        return pairs;
    }

    /** The text of {@code --help}: every argument with its meaning, default and an example. */
    public String help(String job, String purpose) {
        StringBuilder text = new StringBuilder(job).append(": ").append(purpose).append("\n\nArguments:\n");
        for (DeclaredArgument argument : declared.values()) {
            text.append("  --%s  (%s)%n      %s%n      example: --%s %s%n"
                    .formatted(
                            argument.name(),
                            argument.necessity(),
                            argument.help(),
                            argument.name(),
                            argument.example()));
        }
        return text.append("  --help\n      Prints this.\n").toString();
    }

    /** The table of the README: a row for each argument. */
    public String markdown() {
        StringBuilder text = new StringBuilder("| argument | default | meaning |\n|---|---|---|\n");
        for (DeclaredArgument argument : declared.values()) {
            String standsFor = argument.necessity();
            text.append("| `%s` | %s | %s |%n"
                    .formatted(argument.name(), standsFor, argument.help().replace("|", "\\|")));
        }
        return text.toString();
    }

    /** Constructs the record, and the groups in it, from the values in the order of their declaration. */
    private static Object construct(Class<?> record, Iterator<Object> values) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] parts = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            parts[i] = isGroup(components[i]) ? construct(types[i], values) : values.next();
        }
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(parts);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException contradiction) {
                throw contradiction;
            }
            throw new IllegalStateException("the constructor of " + record.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot construct " + record.getName(), e);
        }
    }

    /**
     * What a command line said.
     *
     * @param arguments the record; null exactly when help was asked for
     * @param helpAsked whether the caller wants the help text instead of a run
     * @param notes what the operator may want to know, a sentence each
     */
    public record Parsed<R extends Record>(R arguments, boolean helpAsked, List<String> notes) {}
}
