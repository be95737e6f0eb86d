package com.omc.flywheel.sequence.asl;

import java.util.List;

/** The names of errors that the language itself has, and which of them the wildcards of Retry and Catch stand for. */
final class ErrorName {
    static final String ALL = "States.ALL";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";
    static final String RUNTIME = "States.Runtime";
    static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";
    static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
    static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";

    /** What a Retry or Catch of a Task may name. States.Runtime ends an execution whoever names it (developer guide). */
    static final List<String> NAMEABLE = List.of(
            ALL,
            TASK_FAILED,
            TIMEOUT,
            DATA_LIMIT_EXCEEDED,
            INTRINSIC_FAILURE,
            RESULT_PATH_MATCH_FAILURE,
            "States.HeartbeatTimeout",
            "States.Permissions");

    private ErrorName() {}

    /**
     * Whether a list of names in a Retry or Catch means this error. By the developer guide, States.TaskFailed means every
     * known error but States.Timeout, and States.ALL every one but the two that end an execution: States.Runtime and
     * States.DataLimitExceeded.
     */
    static boolean matches(List<String> names, String error) {
        if (error.equals(RUNTIME)) {
            return false;
        }
        if (names.contains(error)) {
            return true;
        }
        if (error.equals(DATA_LIMIT_EXCEEDED)) {
            return false;
        }
        return names.contains(ALL) || (names.contains(TASK_FAILED) && !error.equals(TIMEOUT));
    }
}
