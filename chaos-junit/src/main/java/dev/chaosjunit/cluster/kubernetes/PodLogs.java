// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.PodLog;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What pods print, followed as long as they run and kept after they end: container by container into one log a pod. */
final class PodLogs implements AutoCloseable {
    private final KubernetesClient client;
    private final Path directory;
    private final Map<NamespacedName, PodLog> logs = new ConcurrentHashMap<>();
    private final Set<String> followed = new HashSet<>();
    private final List<LogWatch> open = new ArrayList<>();
    private boolean closed;

    PodLogs(KubernetesClient client, Path directory) {
        this.client = client;
        this.directory = directory;
    }

    /** Follow the container that runs now, unless it is followed already. */
    synchronized void follow(Pod pod) {
        if (closed || pod.getStatus() == null) {
            return;
        }
        PodInstance.container(pod).filter(followed::add).ifPresent(container -> start(pod));
    }

    private void start(Pod pod) {
        String name = pod.getMetadata().getName();
        PodLog log = logs.computeIfAbsent(PodInstance.name(pod), unused -> new PodLog(directory.resolve(file(pod))));
        LogWatch watch = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .inContainer(pod.getSpec().getContainers().get(0).getName())
                .watchLog();
        open.add(watch);
        Thread reader = new Thread(() -> read(watch, log), "log-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private static String file(Pod pod) {
        return Instance.title(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName())
                        .replace('/', '_') + ".log";
    }

    private static void read(LogWatch watch, PodLog log) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(watch.getOutput(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.append(line);
            }
        } catch (IOException | KubernetesClientException e) {
            // closed, or the pod is gone: what was read so far is all there is
        }
    }

    /** The last lines of a pod, none if it printed nothing. */
    List<String> last(NamespacedName pod, int lines) {
        PodLog log = logs.get(pod);
        return log == null ? List.of() : log.last(lines);
    }

    /** The pods that ever ran. */
    Set<NamespacedName> pods() {
        return Set.copyOf(logs.keySet());
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.forEach(LogWatch::close);
        logs.values().forEach(PodLog::close);
    }
}
