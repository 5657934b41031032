// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.LastWords;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.kubernetes.ContainerEnds.Ended;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What containers printed last that have ended: of that life, and not of the one that came in its place. */
final class LastLogs implements AutoCloseable {
    private static final int LINES = 5000;
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(3);

    private final KubernetesClient client;
    private final ExecutorService asking = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chaos-last-logs");
        thread.setDaemon(true);
        return thread;
    });

    LastLogs(KubernetesClient client) {
        this.client = client;
    }

    CompletableFuture<List<String>> of(Ended ended) {
        return CompletableFuture.supplyAsync(() -> ask(ended), asking)
                .exceptionally(e -> List.of("(its log cannot be read: " + e.getMessage() + ")"));
    }

    /** Which probe it was ended for, in words; empty for none. */
    CompletableFuture<String> failedProbe(Ended ended) {
        return CompletableFuture.supplyAsync(() -> ProbeKills.of(ended, client), asking)
                .exceptionally(e -> "");
    }

    /** The API server has two logs of a container, and from one moment to the next this one may be the other of them. */
    private List<String> ask(Ended ended) {
        Optional<String> log = Poll.every(LOOK)
                .within(FOUND_WITHIN)
                .until("a container's last log was looked for", Optional::isPresent, () -> look(ended));
        if (log.isEmpty()) {
            return List.of("(its log is not kept any more)");
        }
        LastWords words = new LastWords();
        log.get().lines().forEach(words::append);
        return words.of(ended.state().getExitCode());
    }

    private Optional<String> look(Ended ended) {
        Optional<Which> before = which(ended);
        Optional<String> log = before.map(which -> read(ended, which));
        return before.equals(which(ended)) ? log : Optional.empty();
    }

    private enum Which {
        CURRENT,
        PREVIOUS
    }

    private Optional<Which> which(Ended ended) {
        Pod now = client.pods()
                .inNamespace(ended.pod().getMetadata().getNamespace())
                .withName(ended.pod().getMetadata().getName())
                .get();
        if (now == null) {
            throw new IllegalStateException("the pod is gone");
        }
        return now.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(ended.container()))
                .findFirst()
                .flatMap(status -> which(ended, status));
    }

    private static Optional<Which> which(Ended ended, ContainerStatus status) {
        if (isIn(status.getState(), ended)) {
            return Optional.of(Which.CURRENT);
        }
        return isIn(status.getLastState(), ended) ? Optional.of(Which.PREVIOUS) : Optional.empty();
    }

    private static boolean isIn(@Nullable ContainerState state, Ended ended) {
        return state != null
                && state.getTerminated() != null
                && Objects.equals(
                        state.getTerminated().getContainerID(), ended.state().getContainerID());
    }

    private String read(Ended ended, Which which) {
        var container = client.pods()
                .inNamespace(ended.pod().getMetadata().getNamespace())
                .withName(ended.pod().getMetadata().getName())
                .inContainer(ended.container());
        try {
            String log = which == Which.PREVIOUS
                    ? container.terminated().tailingLines(LINES).getLog()
                    : container.tailingLines(LINES).getLog();
            return Objects.requireNonNullElse(log, "");
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(Refusals.reason(e), e);
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
