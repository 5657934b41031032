// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import dev.chaosjunit.fault.Selector;
import java.util.Map;

/**
 * One running pod.
 *
 * @param name the pod's name, unique in its namespace
 * @param uid unique to this pod, also among pods that had its name before
 * @param namespace the Kubernetes namespace it is in
 * @param workload the Deployment or other object it belongs to
 * @param labels the pod's labels
 * @param address the pod's IP address
 * @param handle its process, whose network namespace is the pod's
 * @param device the pod's network interface, seen from inside
 * @param ports container ports by name; ports without a name appear under their number
 */
public record Instance(
        String name,
        String uid,
        String namespace,
        String workload,
        Map<String, String> labels,
        String address,
        Handle handle,
        String device,
        Map<String, Integer> ports) {

    /** Where objects are whose manifest names no namespace. */
    public static final String DEFAULT_NAMESPACE = "default";

    public Instance {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
    }

    /** A pod in the default namespace. */
    public Instance(
            String name,
            String uid,
            String workload,
            Map<String, String> labels,
            String address,
            Handle handle,
            String device,
            Map<String, Integer> ports) {
        this(name, uid, DEFAULT_NAMESPACE, workload, labels, address, handle, device, ports);
    }

    /** What tells it from pods of its name elsewhere: the name, after the namespace where that is not {@code default}. */
    public String title() {
        return title(namespace, name);
    }

    /** That of something else in a namespace. */
    public static String title(String namespace, String name) {
        return namespace.equals(DEFAULT_NAMESPACE) ? name : namespace + "/" + name;
    }

    /** The Kubernetes node that it is on; empty where it runs on this machine. */
    public String node() {
        return handle instanceof Handle.Container container ? container.node() : "";
    }

    /** Whether a selector means this pod. */
    public boolean isSelectedBy(Selector selector) {
        return selector.matches(namespace, labels);
    }

    /**
     * The pod's process, where it runs on this machine.
     *
     * @throws IllegalStateException for a pod that runs in a node's container: this machine numbers its processes otherwise
     */
    public long pid() {
        if (handle instanceof Handle.LocalProcess process) {
            return process.pid();
        }
        throw new IllegalStateException(
                "pod " + name + " is " + handle + " on node " + handle.node() + ", not a process of this machine");
    }

    /** This pod by the process of another of its containers, for what is done to that. */
    public Instance by(Handle other) {
        return new Instance(name, uid, namespace, workload, labels, address, other, device, ports);
    }

    /** Whether this is the other pod in the same life: neither replaced nor restarted. */
    public boolean isSame(Instance other) {
        return uid.equals(other.uid) && handle.equals(other.handle);
    }
}
