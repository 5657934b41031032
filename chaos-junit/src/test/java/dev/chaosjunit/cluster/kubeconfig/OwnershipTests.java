// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An object that is put into somebody's cluster")
class OwnershipTests {
    private static final OwnerReference LEASE =
            new OwnerReferenceBuilder().withName("chaos-junit").withUid("1-2-3").build();

    @Test
    @DisplayName("is owned by the Lease, whatever its manifest says")
    void owned() {
        StatefulSet set = storing(null);
        set.getMetadata().getOwnerReferences().add(new OwnerReference());

        Ownership.put(set, LEASE);

        assertThat(set.getMetadata().getOwnerReferences()).containsExactly(LEASE);
    }

    @Test
    @DisplayName("takes what it stored along, unless its manifest wants that kept")
    void stored() {
        assertThat(policyOf(storing(null))).isEqualTo("Delete");
        assertThat(policyOf(storing("Retain"))).isEqualTo("Retain");
    }

    private static String policyOf(StatefulSet set) {
        Ownership.put(set, LEASE);
        return set.getSpec().getPersistentVolumeClaimRetentionPolicy().getWhenDeleted();
    }

    private static StatefulSet storing(@Nullable String whenDeleted) {
        var set = new StatefulSetBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .withNewSpec();
        return whenDeleted == null
                ? set.endSpec().build()
                : set.withNewPersistentVolumeClaimRetentionPolicy(whenDeleted, null)
                        .endSpec()
                        .build();
    }
}
