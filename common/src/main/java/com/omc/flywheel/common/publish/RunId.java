package com.omc.flywheel.common.publish;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The name of one run; it is part of the name of every file that the run writes, so no two runs write the same file.
 *
 * @param value for example {@code 20251102T031500Z-9f86d081}: when it began, and eight random digits
 */
public record RunId(String value) {
    private static final DateTimeFormatter BEGAN =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{6}Z-[0-9a-f]{8}");

    public RunId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("\"%s\" is not the id of a run".formatted(value));
        }
    }

    /** The id of a run that begins now; the 32 random bits tell runs of the same second apart. */
    public static RunId begin(Clock clock, int randomBits) {
        Instant now = clock.instant();
        return new RunId("%s-%08x".formatted(BEGAN.format(now), randomBits));
    }

    /** The id of a run within this one: another one for each number. */
    RunId plus(int number) {
        int dash = value.indexOf('-');
        int bits = Integer.parseUnsignedInt(value.substring(dash + 1), 16);
        return new RunId("%s-%08x".formatted(value.substring(0, dash), bits + number));
    }

    /** True for text that is the id of a run. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
