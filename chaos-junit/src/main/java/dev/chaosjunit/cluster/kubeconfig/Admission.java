// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** What to do where a namespace does not let an agent or a relay in. */
final class Admission {
    private Admission() {}

    /** By what the API server said against it; empty where nothing is known. */
    static String remedy(Job job, String refusal) {
        String namespace = job.getMetadata().getNamespace();
        if (refusal.contains("PodSecurity")) {
            return "\nThe agent has to be privileged. Let the cluster's owner allow that: kubectl label namespace "
                    + namespace + " --overwrite pod-security.kubernetes.io/enforce=privileged" + elsewhere();
        }
        if (refusal.contains("quota")) {
            return "\n" + needs(job) + " Let the cluster's owner raise the quota: kubectl describe resourcequota"
                    + " --namespace " + namespace + elsewhere();
        }
        if (refusal.contains(" usage per ")) {
            return "\n" + needs(job) + " Let the cluster's owner widen the limits: kubectl describe limitrange"
                    + " --namespace " + namespace + elsewhere();
        }
        return "";
    }

    private static String elsewhere() {
        return "; or put another namespace, which allows it, first in chaos.namespaces";
    }

    private static String needs(Job job) {
        Container container =
                job.getSpec().getTemplate().getSpec().getContainers().get(0);
        return "It is one Job with one pod, which requests "
                + container.getResources().getRequests().get("cpu") + " of CPU and "
                + container.getResources().getRequests().get("memory") + " of memory, with a limit of "
                + container.getResources().getLimits().get("memory") + ".";
    }
}
