// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Lease of a namespace: whoever made it has the namespace to itself, and owns by it the {@link Guard}, which owns all
 * else. Once it is deleted, by its holder or by the next one, the cluster's garbage collector takes the rest.
 */
record NamespaceLease(KubernetesClient client, Lease made) {
    static final String NAME = "chaos-junit";
    static final Duration LIFE = Duration.ofSeconds(30);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /** Make it; empty when it is there: the server lets only one be first. */
    static Optional<NamespaceLease> tryMake(KubernetesClient client, String namespace, String run) {
        try {
            return Optional.of(new NamespaceLease(
                    client, client.resource(wanted(namespace, run)).create()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static Lease wanted(String namespace, String run) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .withLabels(Marks.of(run))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(ManagementFactory.getRuntimeMXBean().getName())
                .withLeaseDurationSeconds((int) LIFE.toSeconds())
                .endSpec()
                .build();
    }

    static Resource<Lease> in(String namespace, KubernetesClient client) {
        return client.leases().inNamespace(namespace).withName(NAME);
    }

    String namespace() {
        return made.getMetadata().getNamespace();
    }

    OwnerReference owner() {
        return Ownership.by(made);
    }

    /**
     * Say that this JVM lives. The uid makes it fail when the Lease is another's by now.
     *
     * @param guard takes the Lease along when it goes
     */
    void renew(OwnerReference guard) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ".000000Z");
        in(namespace(), client)
                .patch(
                        MERGE,
                        "{\"metadata\":{\"uid\":\"" + made.getMetadata().getUid() + "\",\"ownerReferences\":["
                                + Serialization.asJson(guard) + "]},\"spec\":{\"renewTime\":\"" + now + "\"}}");
    }

    /** Give the namespace back. */
    void delete() {
        delete(made, client);
    }

    /** Delete a Lease, unless it is another's by now; that its holder renews it at this very moment is an error. */
    static void delete(Lease lease, KubernetesClient client) {
        Lease now = in(lease.getMetadata().getNamespace(), client).get();
        if (now != null && now.getMetadata().getUid().equals(lease.getMetadata().getUid())) {
            client.resource(now)
                    .lockResourceVersion(now.getMetadata().getResourceVersion())
                    .delete();
        }
    }

    /**
     * When an object would have been made that is not made: all runs look to the API server's clock, as those of the machines
     * that tests run on may differ by minutes.
     */
    static Instant serverTime(Lease lease, KubernetesClient client) {
        return Instant.parse(
                client.resource(lease).dryRun().create().getMetadata().getCreationTimestamp());
    }

    /** Whether nobody has renewed a Lease for as long as it says, which the server notes at each write. */
    static boolean isExpired(Lease lease, Instant now) {
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        Duration duration = Duration.ofSeconds(seconds == null ? 0 : seconds);
        return written(lease.getMetadata()).plus(duration).isBefore(now);
    }

    private static Instant written(ObjectMeta metadata) {
        return Stream.concat(
                        Stream.of(metadata.getCreationTimestamp()),
                        metadata.getManagedFields().stream().map(ManagedFieldsEntry::getTime))
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
