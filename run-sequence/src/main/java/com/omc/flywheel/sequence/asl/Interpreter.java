package com.omc.flywheel.sequence.asl;

import com.omc.flywheel.common.query.Pause;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Executes state machines inside this JVM as Step Functions does, with services that the caller brings.
 *
 * <p>A branch whose error nothing caught fails its Parallel state, and with it the execution, which has stopped the other
 * branches when it ends: those that run are interrupted, those that wait for their turn do not begin.
 */
public final class Interpreter {
    private final Tasks tasks;
    private final ExecutionListener listener;
    private final Pause pause;
    private final RandomGenerator random;
    private final Clock clock;
    private final int branchesAtATime;

    /**
     * A way to execute them.
     *
     * @param tasks the services
     * @param listener is told of what happens
     * @param pause lets the time before a retry and of Wait states pass
     * @param random decides about jitter
     * @param clock for the times of events and the timeout of the state machine
     * @param branchesAtATime how many branches of a Parallel state run at the same time; with 1 they run one after the
     *     other, in their order and in the caller's thread
     */
    public Interpreter(
            Tasks tasks,
            ExecutionListener listener,
            Pause pause,
            RandomGenerator random,
            Clock clock,
            int branchesAtATime) {
        if (branchesAtATime < 1) {
            throw new IllegalArgumentException("no branch could run: " + branchesAtATime);
        }
        this.tasks = tasks;
        this.listener = listener;
        this.pause = pause;
        this.random = random;
        this.clock = clock;
        this.branchesAtATime = branchesAtATime;
    }

    /**
     * Executes it to its end. An error of a state is not thrown, but part of what is returned.
     *
     * @throws com.omc.flywheel.common.failure.JobFailure SERVICE when the calling thread was interrupted, which stops the
     *     execution
     */
    public Ended run(StateMachine machine, ExecutionContext context) {
        return new Execution(machine, context, this).run();
    }

    Tasks tasks() {
        return tasks;
    }

    ExecutionListener listener() {
        return listener;
    }

    Pause pause() {
        return pause;
    }

    RandomGenerator random() {
        return random;
    }

    Clock clock() {
        return clock;
    }

    int branchesAtATime() {
        return branchesAtATime;
    }
}
