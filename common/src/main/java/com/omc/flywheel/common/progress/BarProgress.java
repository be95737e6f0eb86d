package com.omc.flywheel.common.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A bar that is drawn again in place on a terminal: {@code writing tables [######....] 3/27 12 s IBE_02: ...}. */
public final class BarProgress implements Progress {
    private static final int BAR = 30;
    private static final int LINE = 110;

    private final PrintStream terminal;
    private final Clock clock;
    private Instant began;
    private String name = "";
    private int steps;
    private int finished;

    public BarProgress(PrintStream terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public synchronized void phase(String phaseName, int phaseSteps) {
        done();
        began = clock.instant();
        name = phaseName;
        steps = phaseSteps;
        finished = 0;
        draw("");
    }

    @Override
    public synchronized void step(String text) {
        finished++;
        draw(text);
    }

    @Override
    public synchronized void done() {
        if (!name.isEmpty()) {
            terminal.println();
            name = "";
        }
    }

    private void draw(String text) {
        int filled = finished >= steps ? BAR : BAR * finished / steps;
        String line = "%s [%s%s] %d/%d %d s %s"
                .formatted(
                        name,
                        "#".repeat(filled),
                        ".".repeat(BAR - filled),
                        finished,
                        steps,
                        Duration.between(began, clock.instant()).toSeconds(),
                        text);
        String shown = line.length() > LINE ? line.substring(0, LINE) : line;
        terminal.print("\r" + shown + " ".repeat(LINE - shown.length()));
        terminal.flush();
    }
}
