// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.KeptDown;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/**
 * A pod of which a container has no image that could be started, until this is closed. The name of the image is none that
 * anybody could have: nothing is pulled, and the kubelet says InvalidImageName.
 */
final class DownPod implements KeptDown {
    private static final String NO_IMAGE = "KEPT-DOWN-BY-CHAOS-JUNIT";

    private final KubernetesClient client;
    private final Pod pod;
    private final String container;

    DownPod(KubernetesClient client, Pod pod, String container) {
        this.client = client;
        this.pod = pod;
        this.container = container;
        try {
            patch(NO_IMAGE);
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    /** With its uid, which makes it be refused for a pod that has come in the place of this one. */
    private void patch(String image) {
        String name = pod.getMetadata().getName();
        Map<String, Object> patch = Map.of(
                "metadata", Map.of("uid", pod.getMetadata().getUid()),
                "spec", Map.of("containers", List.of(Map.of("name", container, "image", image))));
        var unused = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(name)
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), Serialization.asJson(patch));
    }

    /** Its own. */
    private String image() {
        return pod.getSpec().getContainers().stream()
                .filter(one -> one.getName().equals(container))
                .map(Container::getImage)
                .findFirst()
                .orElseThrow();
    }

    private ClusterException failure(KubernetesClientException e) {
        return new ClusterException(
                "the image of container " + container + " of pod " + PodInstance.name(pod)
                        + " cannot be patched, for which a Role must have the verb patch of pods: "
                        + Refusals.reason(e),
                e);
    }

    /** The kubelet does, as soon as it has heard of the other image. */
    @Override
    public boolean endsIt() {
        return true;
    }

    /** The kubelet starts it at once; one that is gone is nobody's any more. */
    @Override
    public void close() {
        try {
            patch(image());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_NOT_FOUND && e.getCode() != HTTP_CONFLICT) {
                throw failure(e);
            }
        }
    }
}
