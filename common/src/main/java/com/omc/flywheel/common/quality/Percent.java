package com.omc.flywheel.common.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A share of a hundred, fractions allowed.
 *
 * @param value from 0 to 100
 */
public record Percent(BigDecimal value) {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final int DIGITS = 6;

    public Percent {
        if (value.signum() < 0 || value.compareTo(ALL) > 0) {
            throw new IllegalArgumentException("expected a percentage from 0 to 100, got " + value.toPlainString());
        }
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** Reads a number like {@code 0} or {@code 0.5}, without a sign for percent. */
    public static Percent parse(String text) {
        // Ten digits are enough, and an exponent would be taken for thousands of them.
        if (!text.matches("\\d{1,3}(\\.\\d{1,6})?")) {
            throw new IllegalArgumentException("expected a percentage like 0 or 0.5, got \"%s\"".formatted(text));
        }
        return new Percent(new BigDecimal(text));
    }

    /** True when the count is within this share of what it should be, more or fewer. */
    boolean covers(long expected, long found) {
        BigDecimal difference =
                BigDecimal.valueOf(expected).subtract(BigDecimal.valueOf(found)).abs();
        return difference.multiply(ALL).compareTo(value.multiply(BigDecimal.valueOf(expected))) <= 0;
    }

    /** How many of a hundred so many of all are; 0 of none. */
    static double of(long some, long all) {
        return all == 0
                ? 0
                : BigDecimal.valueOf(some)
                        .multiply(ALL)
                        .divide(BigDecimal.valueOf(all), DIGITS, RoundingMode.HALF_UP)
                        .doubleValue();
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
