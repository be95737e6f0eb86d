package com.omc.flywheel.common.snapshot;

import java.util.regex.Pattern;

/**
 * The name of one execution of a run sequence, which is also the name of its folder: no separators and no dots, so a path
 * that is built from it stays where it is.
 *
 * @param value 1 to 80 letters of ASCII, digits, hyphens and underscores: what AWS Step Functions takes as the name of an
 *     execution whose log may go to CloudWatch (API reference, StartExecution: name)
 */
public record ExecutionName(String value) {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    public ExecutionName {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "expected the name of an execution (1 to 80 of A-Z, a-z, 0-9, hyphen and underscore), got \"%s\""
                            .formatted(value));
        }
    }

    public static ExecutionName parse(String text) {
        return new ExecutionName(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
