package com.omc.flywheel.common.collaboration;

import com.omc.flywheel.common.page.Tone;
import java.util.Optional;

/**
 * How much of a limit of the services is used.
 *
 * @param what what is limited
 * @param subject of what it is the use; empty when there is but one
 * @param used how many
 * @param limit how many are allowed when nobody has asked for more
 * @param isAdjustable whether AWS raises it when asked, so that the account's may be higher
 * @param source where the limit is documented
 */
public record Quota(String what, String subject, long used, long limit, boolean isAdjustable, String source) {
    /** From this share of a limit on it is worth a look. */
    private static final double NEAR = 0.9;

    public long headroom() {
        return Math.max(0, limit - used);
    }

    public boolean isExceeded() {
        return used > limit;
    }

    /** A full limit is no fault: the column list of a table is meant to be filled. */
    public Tone tone() {
        if (isExceeded()) {
            return Tone.BAD;
        }
        return used >= limit * NEAR ? Tone.WARNING : Tone.GOOD;
    }

    /** What to do about it; empty when there is nothing to do. */
    public Optional<String> advice() {
        if (isExceeded()) {
            return Optional.of(
                    isAdjustable
                            ? "above the default; works only where AWS has raised the quota of this account"
                            : "above the limit, which AWS does not raise");
        }
        return used == limit ? Optional.of("full: one more is refused") : Optional.empty();
    }
}
