// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.Refusals;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An API server that has answered.
 *
 * @param client closed by whoever asked for the connection
 * @param version as the server says it
 */
record Connection(KubernetesClient client, String version) {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /**
     * Connect.
     *
     * @throws RuntimeUnavailableException within seconds, when nobody answers or we are nobody there
     */
    static Connection open(Config config) {
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        try {
            return new Connection(client, version(client));
        } catch (KubernetesClientException e) {
            client.close();
            throw new RuntimeUnavailableException("the cluster at " + config.getMasterUrl()
                    + (e.getCode() > 0 ? " does not let us in: " : " does not answer: ") + Refusals.reason(e));
        }
    }

    /** Asked on a thread of its own: the client takes its time over a server that accepts and then says nothing. */
    private static String version(KubernetesClient client) {
        CompletableFuture<VersionInfo> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        answer.complete(client.getKubernetesVersion());
                    } catch (RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "chaos-connect");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS).getGitVersion();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KubernetesClientException said
                    ? said
                    : new KubernetesClientException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new KubernetesClientException("not within " + ANSWER_WITHIN.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted");
        }
    }

    String describe() {
        return "Kubernetes " + version + " at " + client.getMasterUrl();
    }
}
