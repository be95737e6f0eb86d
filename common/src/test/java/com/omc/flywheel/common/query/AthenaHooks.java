package com.omc.flywheel.common.query;

import java.util.ArrayList;
import java.util.List;

/** Remembers what would be done when the process ends. */
final class AthenaHooks implements AthenaShutdownHooks {
    private final List<Thread> present = new ArrayList<>();
    private int added;
    private boolean ending;

    /** The process ends: the hooks run, and none is taken any more. */
    void end() {
        ending = true;
        for (Thread hook : present) {
            hook.start();
            try {
                hook.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    int added() {
        return added;
    }

    List<Thread> present() {
        return present;
    }

    @Override
    public void add(Thread hook) {
        if (ending) {
            throw new IllegalStateException("Shutdown in progress");
        }
        added++;
        present.add(hook);
    }

    @Override
    public void remove(Thread hook) {
        present.remove(hook);
    }
}
