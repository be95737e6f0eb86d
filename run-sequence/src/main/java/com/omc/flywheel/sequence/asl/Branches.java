package com.omc.flywheel.sequence.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the branches of a Parallel state. */
final class Branches {
    private final Execution execution;
    private final State.Parallel state;
    private final int atATime;

    Branches(Execution execution, State.Parallel state, int atATime) {
        this.execution = execution;
        this.state = state;
        this.atATime = Math.min(atATime, state.branches().size());
    }

    /** The outputs of the branches, in the order of the definition. When one fails, none runs any more when this throws. */
    JsonNode run(JsonNode input) {
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        if (atATime == 1) {
            state.branches().forEach(branch -> outputs.add(execution.run(branch, input)));
        } else {
            outputs.addAll(together(input));
        }
        return outputs;
    }

    private List<JsonNode> together(JsonNode input) {
        ExecutorService pool = Executors.newFixedThreadPool(atATime);
        try {
            CompletionService<JsonNode> ends = new ExecutorCompletionService<>(pool);
            List<Future<JsonNode>> branches = new ArrayList<>();
            state.branches().forEach(branch -> branches.add(ends.submit(() -> execution.run(branch, input))));
            for (int ended = 0; ended < branches.size(); ended++) {
                ends.take().get();
            }
            List<JsonNode> outputs = new ArrayList<>();
            for (Future<JsonNode> branch : branches) {
                outputs.add(branch.get());
            }
            return outputs;
        } catch (ExecutionException e) {
            execution.stop();
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a branch of %s failed by a defect".formatted(state.name()), e.getCause());
        } catch (InterruptedException e) {
            execution.stop();
            Thread.currentThread().interrupt();
            throw execution.interrupted();
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    /** A task may take its time to stop what it started; nothing of it goes on when the execution has ended. */
    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = pool.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
