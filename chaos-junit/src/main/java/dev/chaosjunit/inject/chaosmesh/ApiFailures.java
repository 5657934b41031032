// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What Kubernetes answers instead of doing it, in words that say what to do. */
final class ApiFailures {
    private static final String OTHERWISE = "; chaos.engine=helper does without";

    private ApiFailures() {}

    static InjectionException translate(String verb, ChaosKind kind, String namespace, KubernetesClientException e) {
        String what = verb + " " + kind.resource() + " in namespace " + namespace;
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new InjectionException(Cause.MACHINE, forbidden(what, String.valueOf(e.getMessage())));
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new InjectionException(Cause.MACHINE, missing(kind) + " (" + what + ": " + e.getMessage() + ")");
            default -> new InjectionException(Cause.FAILURE, "Kubernetes fails to " + what + ": " + e.getMessage(), e);
        };
    }

    static String forbidden(String what, String why) {
        return "Kubernetes forbids to " + what + ": " + why + ". Where a permission is missing, a Role with the verbs"
                + " create, get and delete grants it" + OTHERWISE;
    }

    static String missing(ChaosKind kind) {
        return "The cluster has no resource " + kind.resource() + "/" + ChaosKind.VERSION
                + ": install Chaos Mesh (https://chaos-mesh.org/docs/production-installation-using-helm/)" + OTHERWISE;
    }
}
