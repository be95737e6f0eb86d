package com.omc.flywheel.sequence.asl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** States that follow each other: those of the state machine, or those of a branch. */
record Graph(String startAt, Map<String, State> states) {
    Graph {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }
}
