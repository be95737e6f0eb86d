package com.omc.flywheel.common.arguments;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the text of an argument becomes a value: int, long, boolean, String, an enum (its constants in any case), or any
 * type with a {@code public static T parse(String)} that throws IllegalArgumentException with what it expected.
 */
record ArgumentType(boolean isBoolean, Function<String, Object> reader) {

    /** Throws IllegalStateException for a type that cannot be read: found by any test that touches the job. */
    static ArgumentType of(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return new ArgumentType(true, ArgumentType::readBoolean);
        }
        if (type == int.class || type == Integer.class) {
            return new ArgumentType(false, text -> Math.toIntExact(readWhole(text, Integer.MAX_VALUE)));
        }
        if (type == long.class || type == Long.class) {
            return new ArgumentType(false, text -> readWhole(text, Long.MAX_VALUE));
        }
        if (type == String.class) {
            return new ArgumentType(false, text -> text);
        }
        if (type.isEnum()) {
            return new ArgumentType(false, text -> readConstant(type, text));
        }
        return new ArgumentType(false, readerOf(type));
    }

    Object read(String text) {
        return reader.apply(text);
    }

    private static Object readBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false, got \"%s\"".formatted(text));
        };
    }

    private static long readWhole(String text, long largest) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a whole number, got \"%s\"".formatted(text), e);
        }
        throw new IllegalArgumentException("expected a number from 0 to %d, got \"%s\"".formatted(largest, text));
    }

    private static Object readConstant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of %s, got \"%s\""
                        .formatted(Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT), text)));
    }

    private static Function<String, Object> readerOf(Class<?> type) {
        Method parse;
        try {
            parse = type.getMethod("parse", String.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("%s has no static parse(String)".formatted(type.getName()), e);
        }
        if (!Modifier.isStatic(parse.getModifiers()) || !type.isAssignableFrom(parse.getReturnType())) {
            throw new IllegalStateException(
                    "%s.parse is not static or returns something else".formatted(type.getName()));
        }
        return text -> {
            try {
                return parse.invoke(null, text);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IllegalArgumentException refused) {
                    throw refused;
                }
                throw new IllegalStateException("%s.parse failed".formatted(type.getName()), e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("%s.parse is not accessible".formatted(type.getName()), e);
            }
        };
    }
}
