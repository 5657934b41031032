// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.Map;

/**
 * Pods of one kind.
 *
 * @param name its name; pods are called {@code <name>-<index>}, the one of a {@link Kind#POD} as the workload
 * @param replicas how many pods, 0 or more; 1 for kinds that do not say
 * @param labels the labels of each pod
 * @param ordered whether each pod starts when the one before it is ready
 * @param serviceName the headless Service under which a StatefulSet's pods have names in DNS; empty for none
 */
public record Workload(
        Kind kind,
        String namespace,
        String name,
        int replicas,
        Map<String, String> labels,
        boolean ordered,
        String serviceName,
        PodSpec pod) {

    /** The namespace of what names none. */
    public static final String DEFAULT_NAMESPACE = "default";

    public Workload {
        labels = Map.copyOf(labels);
    }

    /** The same with other pods. */
    public Workload with(PodSpec other) {
        return new Workload(kind, namespace, name, replicas, labels, ordered, serviceName, other);
    }

    /** Such as {@code Deployment/user-api}, with the namespace between where it is not {@code default}. */
    public String title() {
        return title(kind.word(), namespace, name);
    }

    /** What messages call an object. */
    public static String title(String kind, String namespace, String name) {
        return kind + "/" + (namespace.equals(DEFAULT_NAMESPACE) ? "" : namespace + "/") + name;
    }

    /** As Kubernetes calls them. */
    public enum Kind {
        DEPLOYMENT("Deployment"),
        STATEFUL_SET("StatefulSet"),
        DAEMON_SET("DaemonSet"),
        REPLICA_SET("ReplicaSet"),
        REPLICATION_CONTROLLER("ReplicationController"),
        POD("Pod"),
        JOB("Job");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As manifests write it. */
        public String word() {
            return word;
        }
    }
}
