// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicyBuilder;
import java.util.List;

/** What makes an object go when its owner does, and all that comes of it. */
final class Ownership {
    private Ownership() {}

    /** Not one that blocks its owner's deletion: that would take a right of its own. */
    static OwnerReference by(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .build();
    }

    static void put(HasMetadata object, OwnerReference owner) {
        object.getMetadata().setOwnerReferences(List.of(owner));
        if (object instanceof StatefulSet set && set.getSpec().getPersistentVolumeClaimRetentionPolicy() == null) {
            set.getSpec().setPersistentVolumeClaimRetentionPolicy(deleted());
        }
    }

    /** By default Kubernetes keeps what a StatefulSet stored; a manifest that wants this may say so. */
    private static StatefulSetPersistentVolumeClaimRetentionPolicy deleted() {
        return new StatefulSetPersistentVolumeClaimRetentionPolicyBuilder()
                .withWhenDeleted("Delete")
                .build();
    }
}
