package com.omc.flywheel.common.quality;

/**
 * One line of what a run sequence must have reached.
 *
 * @param line as the run sequence promises it
 * @param why what was counted, as a clause
 */
public record SuccessCriterion(String line, Outcome outcome, String why) {
    /** Whether it is reached. */
    public enum Outcome {
        PASS("pass"),
        FAIL("fail"),
        /** What is looked at here cannot tell; the line says what would. */
        ONLY_ON_AWS("only on AWS");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Override
    public String toString() {
        return "%s: %s (%s)".formatted(line, outcome, why);
    }
}
