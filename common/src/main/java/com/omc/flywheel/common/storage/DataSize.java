package com.omc.flywheel.common.storage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A positive number of bytes.
 *
 * @param bytes at least one
 */
public record DataSize(long bytes) {
    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1L << 20);
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    public DataSize {
        if (bytes < 1) {
            throw new IllegalArgumentException("expected a size of at least one byte, got " + bytes);
        }
    }

    /**
     * Reads a number of megabytes (of 1,048,576 bytes), fractions allowed: {@code 400}, {@code 0.25}. Arguments that
     * hold a size end in {@code _MB}, so the text has no unit.
     */
    public static DataSize parse(String text) {
        try {
            return new DataSize(new BigDecimal(text)
                    .multiply(MEGABYTE)
                    .setScale(0, RoundingMode.DOWN)
                    .longValueExact());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("expected megabytes like 400 or 0.25, got \"%s\"".formatted(text), e);
        }
    }

    /** A number of bytes as a person reads it: three digits and a unit, powers of 1,024. */
    public static String format(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String pattern = unit == 0 || value >= 100 ? "%.0f %s" : value >= 10 ? "%.1f %s" : "%.2f %s";
        return String.format(Locale.ROOT, pattern, value, UNITS[unit]);
    }

    @Override
    public String toString() {
        return format(bytes);
    }
}
