package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;

/** Gives a value of what a state can read: a path, a call of an intrinsic function, or a literal in such a call. */
interface Expression {
    /** The value; throws StateError when there is none. */
    JsonNode evaluate(Scope scope);
}
