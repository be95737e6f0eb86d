package com.omc.flywheel.sequence.asl;

/** Is told of everything that happens in an execution, in its order and by one thread at a time. */
public interface ExecutionListener {
    /** Takes note of it; the execution goes on when this returns. */
    default void on(ExecutionEvent event) {}
}
