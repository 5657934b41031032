// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Somebody who may do little in a foreign cluster. */
final class ForeignUser {
    private ForeignUser() {}

    /** A user with those rules of role.yaml that are wanted, in its own namespace: its kubeconfig. */
    static Path create(KubernetesClient client, String namespace, Predicate<PolicyRule> wanted) throws IOException {
        ServiceAccount account = client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("tester")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        grant(client, namespace, namespace, wanted);
        String token = client.serviceAccounts()
                .resource(account)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        return write(client.getConfiguration(), namespace, token);
    }

    /** The same rules in a namespace that is not the user's own. */
    static void grant(KubernetesClient client, String namespace, String home, Predicate<PolicyRule> wanted) {
        Role role = client.rbac()
                .roles()
                .load(ForeignUser.class.getResourceAsStream("/kubeconfig/role.yaml"))
                .item();
        role.getMetadata().setNamespace(namespace);
        role.getRules().removeIf(wanted.negate());
        client.resource(role).create();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("tester")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "Role",
                                role.getMetadata().getName())
                        .addNewSubject("", "ServiceAccount", "tester", home)
                        .build())
                .create();
    }

    private static Path write(Config admin, String namespace, String token) throws IOException {
        String yaml = """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: tester, user: {token: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: tester}}]
                current-context: it
                """.formatted(admin.getMasterUrl(), admin.getCaCertData(), token);
        return Files.writeString(ForeignNode.FILES.resolve(namespace + ".yaml"), yaml);
    }
}
