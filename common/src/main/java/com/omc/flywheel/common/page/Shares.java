package com.omc.flywheel.common.page;

import java.util.List;

/**
 * How many of all are of which kind.
 *
 * @param caption what is counted
 * @param shares the kinds, which have nothing in common
 */
public record Shares(String caption, List<Share> shares) implements Block {
    public Shares {
        shares = List.copyOf(shares);
    }

    /** One kind. */
    public record Share(String label, long count, Tone tone) {
        public Share {
            if (count < 0) {
                throw new IllegalArgumentException("%s: %d is no count".formatted(label, count));
            }
        }
    }
}
