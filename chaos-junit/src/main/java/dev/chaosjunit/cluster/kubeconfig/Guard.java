// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;

/**
 * What takes a run's objects away when nobody else does: a Job that owns all that the run makes in a namespace. It has no
 * pods, only a deadline, which this JVM puts off as long as it lives. After that the cluster's own controllers end the
 * Job, delete it as it has ended, and collect what it owned.
 */
final class Guard {
    /** As long as the Lease's: who may take the namespace over, and when objects go, is the same silence. */
    static final Duration SILENCE = NamespaceLease.LIFE;

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final long NOBODY = 65_534;

    private final KubernetesClient client;
    private final Job job;
    private final Instant madeAt = Instant.now();
    private final long madeNanos = System.nanoTime();

    private Guard(KubernetesClient client, Job job) {
        this.client = client;
        this.job = job;
    }

    /**
     * Make it.
     *
     * @param owner the namespace's Lease
     * @param image of the pods that it never has: any name that admission lets pass
     */
    static Guard make(KubernetesClient client, String namespace, String run, String image, OwnerReference owner) {
        Job wanted = wanted(namespace, run, image, owner);
        return new Guard(client, client.resource(wanted).create());
    }

    static Job wanted(String namespace, String run, String image, OwnerReference owner) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("chaos-junit-guard-" + run)
                .withNamespace(namespace)
                .withLabels(Marks.of(run))
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withParallelism(0)
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(SILENCE.toSeconds())
                .withTtlSecondsAfterFinished(0)
                .withNewTemplate()
                .withSpec(pod(image))
                .endTemplate()
                .endSpec()
                .build();
    }

    /** What the strictest of Pod Security's levels asks for, as some clusters look at templates, too. */
    private static PodSpec pod(String image) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("never")
                .withImage(image)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .build();
    }

    /** Of the objects that it takes along. */
    OwnerReference owner() {
        return Ownership.by(job);
    }

    /**
     * Put the deadline off, which is counted from the Job's start.
     *
     * @return false once it is over
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when it is gone, or the server does not answer
     */
    boolean renew() {
        Job now = client.resource(job)
                .patch(
                        MERGE,
                        "{\"metadata\":{\"uid\":\"" + job.getMetadata().getUid()
                                + "\"},\"spec\":{\"activeDeadlineSeconds\":"
                                + age().plus(SILENCE).toSeconds() + "}}");
        return now.getMetadata().getDeletionTimestamp() == null
                && (now.getStatus() == null || now.getStatus().getConditions().isEmpty());
    }

    /** By the clock that went further: one stands still while the machine sleeps, the other may be set back. */
    private Duration age() {
        Duration steady = Duration.ofNanos(System.nanoTime() - madeNanos);
        Duration set = Duration.between(madeAt, Instant.now());
        return steady.compareTo(set) > 0 ? steady : set;
    }
}
