package com.omc.flywheel.common.query;

/** The port to what the process does when it is told to end; tests end nothing. */
public interface AthenaShutdownHooks {
    /** The thread is started when the process ends; throws IllegalStateException when it is ending already. */
    void add(Thread hook);

    /** The thread is not started any more; one that was never added, or that runs already, is no error. */
    void remove(Thread hook);

    /** Those of the Java runtime. */
    static AthenaShutdownHooks ofRuntime() {
        return new AthenaShutdownHooks() {
            @Override
            public void add(Thread hook) {
                Runtime.getRuntime().addShutdownHook(hook);
            }

            @Override
            public void remove(Thread hook) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException processIsEnding) {
                    // The hook runs or has run: java.lang.Runtime, removeShutdownHook.
                    return;
                }
            }
        };
    }
}
