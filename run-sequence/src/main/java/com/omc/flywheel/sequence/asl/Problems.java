package com.omc.flywheel.sequence.asl;

import com.omc.flywheel.common.failure.FailureKind;
import com.omc.flywheel.common.failure.JobFailure;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a definition, gathered while it is read. */
final class Problems {
    private final String file;
    private final List<String> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(String place, String what) {
        found.add(place + ": " + what);
    }

    /** Throws BAD_DATA with every problem, if there is one. */
    void refuse() {
        if (!found.isEmpty()) {
            throw JobFailure.ofAll(
                    FailureKind.BAD_DATA,
                    "%s is no state machine that can be interpreted here; mend the file, or teach the interpreter what it lacks"
                            .formatted(file),
                    found);
        }
    }
}
