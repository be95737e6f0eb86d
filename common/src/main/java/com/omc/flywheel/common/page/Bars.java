package com.omc.flywheel.common.page;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Amounts of the same unit, one below the other, so that they can be compared.
 *
 * @param caption what is compared, with the unit
 * @param bars in the order to show
 * @param limit what none should exceed, which is marked; empty when there is no limit
 */
public record Bars(String caption, List<Bar> bars, OptionalDouble limit) implements Block {
    public Bars {
        bars = List.copyOf(bars);
    }

    /**
     * One amount.
     *
     * @param label whose
     * @param value the amount, not negative
     * @param text the amount as it is to be read, for example {@code 97 of 100}
     */
    public record Bar(String label, double value, String text, Tone tone) {
        public Bar {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("%s: %s is no length of a bar".formatted(label, value));
            }
        }
    }
}
