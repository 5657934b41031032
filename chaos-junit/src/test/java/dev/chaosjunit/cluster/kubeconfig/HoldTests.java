// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
@SuppressWarnings("NullAway.Init") // the mock server is set by its extension
@DisplayName("A namespace that a run holds")
class HoldTests {
    private KubernetesClient client;
    private KubernetesMockServer server;

    @Test
    @DisplayName("has a Lease and a guard that own each other, and the guard owns all else")
    void owners() {
        Hold hold = take();

        assertThat(ownerOf(guard()).getUid()).isEqualTo(lease().getMetadata().getUid());
        assertThat(ownerOf(lease()).getUid()).isEqualTo(guard().getMetadata().getUid());
        assertThat(hold.owner().getUid()).isEqualTo(guard().getMetadata().getUid());
        assertThat(hold.owner().getBlockOwnerDeletion()).isNull();
    }

    @Test
    @DisplayName("has a guard without pods or privileges, which ends when it is not renewed, and is deleted then")
    void guardJob() {
        take();

        assertThat(guard().getSpec().getParallelism()).isZero();
        assertThat(guard().getSpec().getActiveDeadlineSeconds()).isEqualTo(30);
        assertThat(guard().getSpec().getTtlSecondsAfterFinished()).isZero();
        assertThat(guard().getSpec()
                        .getTemplate()
                        .getSpec()
                        .getSecurityContext()
                        .getRunAsNonRoot())
                .isTrue();
    }

    @Test
    @DisplayName("is lost when somebody deletes the guard")
    void guardDeleted() {
        Hold hold = take();
        client.resource(guard()).delete();

        assertThat(hold.renew()).isPresent();
    }

    @Test
    @DisplayName("is lost when the guard's deadline was over before it was put off")
    void tooLate() {
        Hold hold = take();
        client.resource(guard())
                .editStatus(job -> job.edit()
                        .editOrNewStatus()
                        .addNewCondition()
                        .withType("Failed")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build());

        assertThat(hold.renew()).hasValue("this JVM was silent for too long");
    }

    @Test
    @DisplayName("is lost when the Lease is gone")
    void leaseDeleted() {
        Hold hold = take();
        client.resource(lease()).delete();

        assertThat(hold.renew()).isPresent();
    }

    @Test
    @DisplayName("is given back when no guard can be made")
    void noGuard() {
        server.expect()
                .post()
                .withPath("/apis/batch/v1/namespaces/team/jobs")
                .andReturn(403, "")
                .once();

        assertThatThrownBy(this::take).isInstanceOf(KubernetesClientException.class);
        assertThat(NamespaceLease.in("team", client).get()).isNull();
    }

    private Hold take() {
        return Hold.take(client, "team", "r1", "agent:1");
    }

    private Job guard() {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace("team")
                .withName("chaos-junit-guard-r1")
                .require();
    }

    private HasMetadata lease() {
        return NamespaceLease.in("team", client).require();
    }

    private static OwnerReference ownerOf(HasMetadata object) {
        assertThat(object.getMetadata().getOwnerReferences()).hasSize(1);
        return object.getMetadata().getOwnerReferences().get(0);
    }
}
