// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A Lease, by the API server's clock")
class LeaseExpiryTests {
    private static final Instant MADE = Instant.parse("2026-11-25T10:00:00Z");

    @Test
    @DisplayName("lives as long as it says after it was made")
    void made() {
        assertThat(NamespaceLease.isExpired(lease(), MADE.plusSeconds(30))).isFalse();
        assertThat(NamespaceLease.isExpired(lease(), MADE.plusSeconds(31))).isTrue();
    }

    @Test
    @DisplayName("lives on from the latest write that the server noted")
    void renewed() {
        Lease renewed = lease().edit()
                .editMetadata()
                .addToManagedFields(new ManagedFieldsEntryBuilder()
                        .withTime("2026-11-25T10:05:00Z")
                        .build())
                .endMetadata()
                .build();

        assertThat(NamespaceLease.isExpired(renewed, MADE.plusSeconds(330))).isFalse();
        assertThat(NamespaceLease.isExpired(renewed, MADE.plusSeconds(331))).isTrue();
    }

    @Test
    @DisplayName("dies in time even where its holder's clock is an hour ahead")
    void holdersClock() {
        Lease ahead = lease().edit()
                .editSpec()
                .withRenewTime(ZonedDateTime.parse("2026-11-25T11:00:00Z"))
                .endSpec()
                .build();

        assertThat(NamespaceLease.isExpired(ahead, MADE.plusSeconds(31))).isTrue();
    }

    private static Lease lease() {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName("chaos-junit")
                .withCreationTimestamp(MADE.toString())
                .endMetadata()
                .withNewSpec()
                .withLeaseDurationSeconds(30)
                .endSpec()
                .build();
    }
}
