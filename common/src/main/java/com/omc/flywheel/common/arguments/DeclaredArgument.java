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
        ArgumentType type,
        Method accessor) {

    static DeclaredArgument of(Class<?> owner, RecordComponent component) {
        Argument annotation = component.getAnnotation(Argument.class);
        if (annotation == null) {
            throw new IllegalStateException("%s.%s has no @Argument".formatted(owner.getName(), component.getName()));
        }
        boolean optional = component.getType() == Optional.class;
        Class<?> valueType = optional
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        Optional<String> defaultValue = Optional.of(annotation.defaultValue()).filter(text -> !text.isEmpty());
        if (optional && defaultValue.isPresent()) {
            throw new IllegalStateException(
                    "%s.%s is optional and has a default".formatted(owner.getName(), component.getName()));
        }
        String name = annotation.name().isEmpty() ? upperSnake(component.getName()) : annotation.name();
        Method accessor = component.getAccessor();
        // The record itself need not be public.
        accessor.setAccessible(true);
        DeclaredArgument argument = new DeclaredArgument(
                name,
                annotation.help(),
                annotation.example(),
                defaultValue,
                optional,
                ArgumentType.of(valueType),
                accessor);
        argument.type.read(annotation.example());
        defaultValue.ifPresent(argument.type::read);
        return argument;
    }

    /** The component's value; null stands for a name that was not given. Throws IllegalArgumentException. */
    Object read(String given) {
        boolean absent = given == null || given.isBlank() || given.strip().equals(ArgumentRecord.ABSENT);
        if (given != null && given.isEmpty() && type.isBoolean()) {
            // A bare --DRY_RUN: the name alone says yes.
            return true;
        }
        if (absent && optional) {
            return Optional.empty();
        }
        if (absent && defaultValue.isEmpty()) {
            throw new IllegalArgumentException("is needed, for example --%s %s".formatted(name, example));
        }
        Object value = type.read(absent ? defaultValue.get() : given.strip());
        return optional ? Optional.of(value) : value;
    }

    /** The component's value in a record. */
    Object valueIn(Record arguments) {
        try {
            return accessor.invoke(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read --" + name, e);
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
