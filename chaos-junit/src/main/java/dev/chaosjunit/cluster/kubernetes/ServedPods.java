// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import dev.chaosjunit.cluster.Poll;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Waits until Services know of all pods that are ready. A client that looks a headless Service up a moment too early gets
 * fewer addresses, and may keep them for as long as they answer: a fault on the other pods would hit nothing.
 */
record ServedPods(KubernetesClient client, Supplier<List<Pod>> pods, Duration limit) {
    private static final String SERVICE = "kubernetes.io/service-name";
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Wait, within the limit: from then on it is for the verdict to tell. Who may not list slices does not wait. */
    void await(List<Service> services) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            for (Service service : services) {
                var unused = Poll.every(LOOK)
                        .within(Duration.ofNanos(deadline - System.nanoTime()))
                        .until(
                                "Services took up their pods",
                                missing -> missing <= 0,
                                () -> ready(service) - served(service));
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_FORBIDDEN) {
                throw e;
            }
        }
    }

    private long ready(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            return 0;
        }
        String namespace = service.getMetadata().getNamespace();
        return pods.get().stream()
                .filter(pod -> namespace.equals(pod.getMetadata().getNamespace()))
                .filter(pod -> PodTemplates.isSelected(pod, selector))
                .filter(pod -> Readiness.getInstance().isReady(pod))
                .count();
    }

    private long served(Service service) {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(service.getMetadata().getNamespace())
                .withLabel(SERVICE, service.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .flatMap(ServedPods::ready)
                .distinct() // a Service of two families has two slices
                .count();
    }

    /** The names of its pods. One that has none is null on the wire, not empty. */
    static Stream<String> ready(EndpointSlice slice) {
        return Stream.ofNullable(slice.getEndpoints())
                .flatMap(List::stream)
                .filter(ServedPods::isReady)
                .map(endpoint -> endpoint.getTargetRef().getName());
    }

    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getTargetRef() != null
                && endpoint.getConditions() != null
                && !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }
}
