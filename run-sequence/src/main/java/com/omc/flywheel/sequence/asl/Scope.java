package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What expressions of a state can read.
 *
 * @param data what {@code $} stands for: the state's input, or the service's result in a ResultSelector
 * @param context what {@code $$} stands for
 */
record Scope(JsonNode data, JsonNode context) {
    Scope withData(JsonNode other) {
        return new Scope(other, context);
    }
}
