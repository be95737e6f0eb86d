package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;

/** The services that a state machine calls. Branches that run at the same time call it from several threads. */
public interface Tasks {
    /**
     * Does what a Task state asks for, and returns when it is done.
     *
     * @throws StateError when it failed, with the name that Step Functions gives the error; States.Timeout when it took
     *     longer than the call allows. Any other exception ends the execution and comes out of the interpreter.
     */
    JsonNode call(TaskCall call);
}
