// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A process that tools of ours put into its namespaces. Those may be killed and it lives on: so it ends when it ends itself.
 *
 * @param pid as the machine numbers it
 * @param started when, in the kernel's own words; empty if it had ended before we looked
 */
record OwnProcess(long pid, String started) {

    private static final int STATE = 0;
    private static final int START_TIME = 19;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Set<String> TOOLS = Set.of("sh", "ip", "env", "chaos-agent");

    /** The process that has this number now. */
    static OwnProcess of(long pid) {
        return new OwnProcess(pid, stat(pid)[START_TIME]);
    }

    boolean isRunning() {
        String[] stat = stat(pid);
        return !started.isEmpty()
                && stat[START_TIME].equals(started)
                && !stat[STATE].equals("Z")
                && !stat[STATE].equals("X");
    }

    /** Completes when it has ended: mostly with the tool that is around it, otherwise 50 ms later. */
    CompletableFuture<Void> end(Process around) {
        return end(around, () -> {});
    }

    /** The same, and do something where the tool ended first. */
    CompletableFuture<Void> end(Process around, Runnable alone) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        var unused = around.onExit().thenRun(() -> {
            if (isRunning()) {
                alone.run();
                lookUntilEnd(end);
            } else {
                end.complete(null);
            }
        });
        return end;
    }

    private void lookUntilEnd(CompletableFuture<Void> end) {
        Thread thread = new Thread(
                () -> {
                    try {
                        var unused = Poll.every(LOOK).until(running -> !running, this::isRunning);
                        end.complete(null);
                    } catch (InterruptedException e) {
                        end.completeExceptionally(e);
                    }
                },
                "end-of-" + pid);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether a process is one of the tools that a pod's program is started through, each of which becomes the next. */
    static boolean isTool(long pid) {
        try {
            String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"), UTF_8)
                    .split("\0", 2)[0];
            return TOOLS.contains(command.substring(command.lastIndexOf('/') + 1));
        } catch (IOException e) {
            return false;
        }
    }

    /** What follows the name in its line of /proc: state first. All empty where it is gone, or hidden from us. */
    private static String[] stat(long pid) {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"), UTF_8);
            return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException e) {
            return " ".repeat(START_TIME).split(" ", -1);
        }
    }
}
