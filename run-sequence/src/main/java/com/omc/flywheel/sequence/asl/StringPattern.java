package com.omc.flywheel.sequence.asl;

import java.util.regex.Pattern;

/** The pattern of StringMatches: {@code *} stands for any characters, {@code \*} for an asterisk, {@code \\} for a backslash. */
final class StringPattern {
    private final Pattern pattern;

    private StringPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Reads it; throws IllegalArgumentException that says what is wrong. */
    static StringPattern parse(String text) {
        StringBuilder regex = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == '*') {
                regex.append(".*");
            } else {
                if (character == '\\') {
                    position++;
                    if (position == text.length() || "*\\".indexOf(text.charAt(position)) < 0) {
                        throw new IllegalArgumentException(
                                "a backslash in \"%s\" stands before neither * nor another one".formatted(text));
                    }
                }
                regex.append(Pattern.quote(String.valueOf(text.charAt(position))));
            }
            position++;
        }
        return new StringPattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}
