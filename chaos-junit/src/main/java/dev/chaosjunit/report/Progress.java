// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is doing, as plain lines on a stream: at most one a second while a window lasts, one when it ends.
 * Each line starts with the title, so that experiments that run in parallel can be told apart.
 */
public final class Progress implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final String title;
    private final PrintStream out;
    private final Supplier<String> live;
    private final Clock clock;
    private final Timer ticks;
    private @Nullable Running running;

    private record Running(String name, Duration length, long startNanos) {}

    /**
     * Start to watch; nothing is printed before the first window or note.
     *
     * @param title in front of each line
     * @param out shared with others; whole lines are written under its lock
     * @param live the figures of this moment, such as {@code p99 12.3 ms  errors 0.0 %}; called from another thread
     */
    public Progress(String title, PrintStream out, Supplier<String> live) {
        this(title, out, live, Clock.SYSTEM);
    }

    Progress(String title, PrintStream out, Supplier<String> live, Clock clock) {
        this.title = title;
        this.out = out;
        this.live = live;
        this.clock = clock;
        this.ticks = clock.timer("chaos-progress " + title);
        ticks.every(TICK, TICK, this::tick);
    }

    /**
     * Start a window; the one before it ends and is summed up in a line.
     *
     * @param length how long it is planned to last
     */
    public synchronized void window(String name, Duration length) {
        end();
        running = new Running(name, length, clock.nanoTime());
    }

    /** Print a line, or several, at once. */
    public void note(String line) {
        line.lines().forEach(this::print);
    }

    /** End the last window and stop. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        end();
        ticks.close();
    }

    private synchronized void tick() {
        if (running != null) {
            print(line(running.name, time(elapsed(running), running.length)));
        }
    }

    private void end() {
        if (running != null) {
            print(line(running.name, "done after " + seconds(elapsed(running))));
            running = null;
        }
    }

    private String line(String window, String time) {
        return String.format(Locale.ROOT, "%-9s %-16s  %s", window, time, figures());
    }

    /** A window that waits for the last answers, or for the steady state, lasts longer than was planned. */
    private static String time(Duration elapsed, Duration planned) {
        return elapsed.compareTo(planned) <= 0
                ? String.format(Locale.ROOT, "%6s of %s", seconds(elapsed), seconds(planned))
                : String.format(Locale.ROOT, "%6s, %s over", seconds(elapsed), seconds(elapsed.minus(planned)));
    }

    private Duration elapsed(Running window) {
        return Duration.ofNanos(clock.nanoTime() - window.startNanos);
    }

    /** A failing supplier must not end the ticks, nor the experiment. */
    private String figures() {
        try {
            return live.get();
        } catch (RuntimeException e) {
            return "no live figures: " + e;
        }
    }

    private void print(String line) {
        synchronized (out) {
            out.println(("[" + title + "] " + line).stripTrailing());
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }
}
