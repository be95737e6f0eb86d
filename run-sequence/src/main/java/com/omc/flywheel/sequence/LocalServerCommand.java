package com.omc.flywheel.sequence;

import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** A command that serves other programs on this machine until it is interrupted. */
abstract class LocalServerCommand implements Command {
    static final CommandOption PORT = new CommandOption("--port", "N", "where to listen; default a free port");

    /**
     * Says how other programs come to the server, and waits.
     *
     * @param what the server, as a sentence or two without the last full stop
     * @param variable the one that AWS's clients take the endpoint from
     */
    static void serve(PrintStream output, String what, String variable, URI endpoint) {
        output.printf("%s. For other programs:%n", what);
        output.printf("  export %s=%s AWS_REGION=us-east-1%n", variable, endpoint);
        output.printf("  export AWS_ACCESS_KEY_ID=anyone AWS_SECRET_ACCESS_KEY=anything%n");
        output.flush();
        waitUntilInterrupted();
    }

    /** Ctrl-C ends the whole program; an interrupt of this thread, as a test makes it, ends the command. */
    private static void waitUntilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
