package com.omc.flywheel.sequence.asl;

import java.util.List;

/** An entry of Catch: which errors it is for, where the error is put, and the state that goes on. */
record Catcher(List<String> errors, ResultPath resultPath, String next) {
    Catcher {
        errors = List.copyOf(errors);
    }

    boolean isFor(String error) {
        return ErrorName.matches(errors, error);
    }
}
