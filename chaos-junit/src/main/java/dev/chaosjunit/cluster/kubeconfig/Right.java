// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;

/**
 * What a role must allow.
 *
 * @param resource with its subresource, if any, as in roles: {@code pods/attach}
 */
record Right(String verb, String group, String resource, String namespace) {

    SelfSubjectAccessReview review() {
        int slash = resource.indexOf('/');
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + " in namespace " + namespace;
    }
}
