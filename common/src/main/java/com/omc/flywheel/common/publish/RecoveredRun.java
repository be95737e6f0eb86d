package com.omc.flywheel.common.publish;

/**
 * What became of a run that had not ended.
 *
 * @param from the state that it was found in
 * @param to the state that it is in now
 */
record RecoveredRun(RunId run, RunState from, RunState to) {
    @Override
    public String toString() {
        return "run %s was left %s and is %s now".formatted(run, from, to);
    }
}
