// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is doing, as plain lines on a stream: at most one a second while a window lasts, one when it ends.
 * Each line starts with the title, so that experiments that run in parallel can be told apart.
 */
public final class Progress implements AutoCloseable {
    private final String title;
    private final PrintStream out;
    private final Supplier<String> live;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService ticks;
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
        this(title, out, live, System::nanoTime);
        var unused = ticks.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** For tests: time stands until they move it, and they call {@link #tick}. */
    Progress(String title, PrintStream out, Supplier<String> live, LongSupplier nanoTime) {
        this.title = title;
        this.out = out;
        this.live = live;
        this.nanoTime = nanoTime;
        this.ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "chaos-progress " + title);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Start a window; the one before it ends and is summed up in a line.
     *
     * @param length how long it is planned to last
     */
    public synchronized void window(String name, Duration length) {
        end();
        running = new Running(name, length, nanoTime.getAsLong());
    }

    /** Print a line, or several, at once. */
    public void note(String line) {
        line.lines().forEach(this::print);
    }

    /** End the last window and stop. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        end();
        ticks.shutdown();
    }

    synchronized void tick() {
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
        return Duration.ofNanos(nanoTime.getAsLong() - window.startNanos);
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
