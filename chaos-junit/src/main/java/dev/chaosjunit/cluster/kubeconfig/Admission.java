// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to do where a namespace does not let an agent or a relay in, or not as it is. */
final class Admission {
    /** How a LimitRange refuses. */
    private static final Pattern LIMITED = Pattern.compile(" per (Container|Pod) is ");

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
        if (LIMITED.matcher(refusal).find()) {
            return "\n" + needs(job) + " Let the cluster's owner widen the limits: kubectl describe limitrange"
                    + " --namespace " + namespace + elsewhere();
        }
        return "";
    }

    /**
     * What a namespace made of the limits of an agent's pod, as a LimitRange does by its defaults, and what to do; empty where
     * it left them. One of processor time has the agent hold packets for longer than asked.
     */
    static Optional<String> changed(Job job, Pod pod) {
        Container agent = job.getSpec().getTemplate().getSpec().getContainers().get(0);
        Map<String, Quantity> asked = agent.getResources().getLimits();
        Map<String, Quantity> got = pod.getSpec().getContainers().stream()
                .filter(one -> one.getName().equals(agent.getName())) // others may have been put beside it
                .findFirst()
                .orElse(agent)
                .getResources()
                .getLimits();
        return Stream.of("cpu", "memory")
                .filter(resource -> !Objects.equals(asked.get(resource), got.get(resource)))
                .map(resource -> "has a limit of " + text(got.get(resource)) + " of " + resource + " in place of "
                        + text(asked.get(resource)) + ", by a LimitRange of namespace "
                        + job.getMetadata().getNamespace()
                        + " or whoever else changes pods there: faults would not be what they are asked for.\n"
                        + "Let the cluster's owner take default." + resource + " and max." + resource
                        + " from it: kubectl describe limitrange --namespace "
                        + job.getMetadata().getNamespace() + elsewhere())
                .findFirst();
    }

    private static String text(@Nullable Quantity limit) {
        return limit == null ? "none" : limit.toString();
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
