// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static java.util.stream.Collectors.toSet;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The connections of a pod to a port, by {@code ss} in its network, again and again; nothing of ours takes part. */
final class ConnectionsSeen implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Set<String>> looks = new CopyOnWriteArrayList<>();
    private final Future<?> looking;

    ConnectionsSeen(Instance pod, int port) throws IOException {
        long pid = pod.handle() instanceof Handle.LocalProcess process
                ? process.pid()
                : NodePod.of(pod).pid();
        List<String> ss = List.of(
                ("nsenter --target " + pid + " --net ss -Htn state established dport = :" + port).split(" ", -1));
        looking = timer.scheduleWithFixedDelay(() -> looks.add(look(ss)), 0, 100, TimeUnit.MILLISECONDS);
    }

    /** Local addresses; the columns are two queues, the local and the other address. */
    private static Set<String> look(List<String> ss) {
        try {
            return Commands.runAsRoot(ss)
                    .lines()
                    .map(line -> line.replaceFirst("^ *\\S+ +\\S+ +(\\S+).*", "$1"))
                    .collect(toSet());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The local addresses at each look, the latest last. */
    List<Set<String>> looks() {
        if (looking.isDone()) {
            throw new IllegalStateException("ss does not look any more: " + looking);
        }
        return List.copyOf(looks);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
