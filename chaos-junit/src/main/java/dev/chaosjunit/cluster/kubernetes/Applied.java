// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;

/** Objects that we put into a cluster, in that order, and take away again. */
final class Applied implements AutoCloseable {
    private static final String MANAGER = "chaos-junit";
    private static final long GONE_MILLIS = 20_000;
    private static final long LOOK_MILLIS = 20;

    private final KubernetesClient client;
    private final PodWatch pods;
    private final List<HasMetadata> objects = new ArrayList<>();

    Applied(KubernetesClient client, PodWatch pods) {
        this.client = client;
        this.pods = pods;
    }

    /**
     * Put an object into the cluster.
     *
     * @return as the API server has it now
     * @throws ClusterException with what the API server said against it
     */
    HasMetadata apply(HasMetadata object) {
        objects.add(object); // before it is sent: an answer that is lost leaves an object behind as well
        try {
            return client.resource(object)
                    .fieldManager(MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        } catch (KubernetesClientException e) {
            throw new ClusterException(
                    object.getKind() + "/" + object.getMetadata().getName() + " in namespace "
                            + object.getMetadata().getNamespace() + " is not accepted: " + reason(e),
                    e);
        }
    }

    /** Take over something that was made otherwise. */
    void add(HasMetadata object) {
        objects.add(object);
    }

    /** Delete all, last things first and without any grace, and wait until no pod is left. */
    @Override
    public void close() {
        for (int i = objects.size() - 1; i >= 0; i--) {
            delete(objects.get(i));
        }
        long start = System.nanoTime();
        while (!pods.pods().isEmpty()) {
            pods.pods().forEach(this::delete);
            if (System.nanoTime() - start > GONE_MILLIS * 1_000_000) {
                throw new ClusterException("pods are still there " + GONE_MILLIS / 1000 + " s after they were deleted: "
                        + pods.pods().stream()
                                .map(pod -> pod.getMetadata().getName())
                                .toList());
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void delete(HasMetadata object) {
        try {
            client.resource(object)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .withGracePeriod(0)
                    .delete();
        } catch (KubernetesClientException e) {
            System.getLogger(Applied.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "cannot delete {0}/{1}: {2}",
                            object.getKind(),
                            object.getMetadata().getName(),
                            reason(e));
        }
    }

    private static String reason(KubernetesClientException e) {
        boolean told = e.getStatus() != null && e.getStatus().getMessage() != null;
        return told ? e.getStatus().getMessage() : String.valueOf(e.getMessage());
    }
}
