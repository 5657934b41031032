// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import dev.chaosjunit.cluster.kubernetes.Refusals;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * What a run holds a namespace by. The Lease, of which there can be only one, keeps others out; it owns the guard, which
 * owns it, too, so that with either of them all goes.
 */
record Hold(NamespaceLease lease, Guard guard) {

    /**
     * Wait for our turn.
     *
     * @throws KubernetesClientException when the guard cannot be made; nothing is held then
     */
    static Hold take(KubernetesClient client, String namespace, String run, String image) {
        NamespaceLease lease = new Turn(client, namespace, run).await();
        try {
            Guard guard = Guard.make(client, namespace, run, image, lease.owner());
            lease.renew(guard.owner()); // at once: a JVM may be killed before its first renewal
            return new Hold(lease, guard);
        } catch (KubernetesClientException e) {
            lease.delete();
            throw e;
        }
    }

    String namespace() {
        return lease.namespace();
    }

    /** Who owns what is made in the namespace. */
    OwnerReference owner() {
        return guard.owner();
    }

    /**
     * Say that this JVM lives.
     *
     * @return why the namespace is not ours any more, if so
     * @throws KubernetesClientException when the server does not answer, or not well
     */
    Optional<String> renew() {
        try {
            lease.renew(guard.owner());
            return guard.renew() ? Optional.empty() : Optional.of("this JVM was silent for too long");
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_NOT_FOUND || e.getCode() == HTTP_CONFLICT) {
                return Optional.of(Refusals.reason(e));
            }
            throw e;
        }
    }

    /** Give the namespace back. */
    void delete() {
        lease.delete();
    }
}
