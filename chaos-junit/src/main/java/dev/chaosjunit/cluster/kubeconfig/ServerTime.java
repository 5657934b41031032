// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;

/** The API server's clock, to which all runs look: those of the machines that tests run on may differ by minutes. */
final class ServerTime {
    private ServerTime() {}

    /** When an object would have been made that is not made. */
    static Instant now(Lease lease, KubernetesClient client) {
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
