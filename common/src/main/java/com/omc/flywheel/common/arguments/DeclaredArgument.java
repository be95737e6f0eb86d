package com.omc.flywheel.common.arguments;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;

/** One argument as its record component declares it. */
record DeclaredArgument(
        String name,
        String help,
        String example,
        Optional<String> defaultValue,
        boolean optional,
        long min,
        ArgumentType type) {

    static DeclaredArgument of(Class<?> owner, RecordComponent component) {
        Argument annotation = component.getAnnotation(Argument.class);
        if (annotation == null) {
            throw new IllegalStateException("%s.%s has no @Argument".formatted(owner.getName(), component.getName()));
        }
        boolean optional = component.getType() == Optional.class;
        Class<?> valueType = optional ? optionalType(owner, component) : component.getType();
        Optional<String> defaultValue = Optional.of(annotation.defaultValue()).filter(text -> !text.isEmpty());
        if (optional && defaultValue.isPresent()) {
            throw new IllegalStateException(
                    "%s.%s is optional and has a default".formatted(owner.getName(), component.getName()));
        }
        DeclaredArgument argument = new DeclaredArgument(
                name(component),
                annotation.help(),
                annotation.example(),
                defaultValue,
                optional,
                annotation.min(),
                ArgumentType.of(valueType));
        try {
            argument.read(annotation.example(), false);
            defaultValue.ifPresent(value -> argument.read(value, false));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "%s.%s: %s".formatted(owner.getName(), component.getName(), e.getMessage()), e);
        }
        return argument;
    }

    private static Class<?> optionalType(Class<?> owner, RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType optional
                && optional.getActualTypeArguments()[0] instanceof Class<?> plain) {
            return plain;
        }
        throw new IllegalStateException(
                "%s.%s is an Optional of no plain type".formatted(owner.getName(), component.getName()));
    }

    /**
     * The component's value.
     *
     * @param given what was given; null when the name was not
     * @param bare whether the name was given without a value, which for a boolean means true: {@code --DRY_RUN}
     * @throws IllegalArgumentException saying what was expected
     */
    Object read(String given, boolean bare) {
        boolean absent = given == null || given.isBlank() || given.strip().equals(ArgumentRecord.ABSENT);
        if (bare && type.isBoolean()) {
            return true;
        }
        if (bare) {
            throw new IllegalArgumentException(
                    "has no value; write --%s %s, or leave the name out".formatted(name, example));
        }
        if (absent && optional) {
            return Optional.empty();
        }
        if (absent && defaultValue.isEmpty()) {
            throw new IllegalArgumentException("is needed, for example --%s %s".formatted(name, example));
        }
        Object value = type.read(absent ? defaultValue.get() : given.strip());
        if (value instanceof Number number && number.longValue() < min) {
            throw new IllegalArgumentException("expected at least %d, got %d".formatted(min, number.longValue()));
        }
        return optional ? Optional.of(value) : value;
    }

    /** The name of an annotated component: its own in UPPER_SNAKE, or the one that the annotation gives. */
    static String name(RecordComponent component) {
        String given = component.getAnnotation(Argument.class).name();
        return given.isEmpty() ? upperSnake(component.getName()) : given;
    }

    /** The component's value in a record, which need not be public. */
    static Object value(RecordComponent component, Record arguments) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read the component " + component, e);
        }
    }

    /** What happens when the argument is absent: "needed", "optional" or the default. */
    String necessity() {
        return optional ? "optional" : defaultValue.map("`%s`"::formatted).orElse("needed");
    }

    private static String upperSnake(String componentName) {
        return componentName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
