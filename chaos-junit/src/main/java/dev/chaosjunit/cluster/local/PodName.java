// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.local.dns.NamedService;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.Workload.Kind;
import java.util.UUID;

/**
 * What a pod is called.
 *
 * @param name unique in its namespace
 * @param hostname as the pod itself sees it
 * @param subdomain the headless Service below which DNS knows the host name; empty for none
 * @param uid unique everywhere
 */
record PodName(String namespace, String name, String hostname, String subdomain, String uid) {
    private static final int LONGEST_HOSTNAME = 63;

    /** That of a workload's pod: a StatefulSet gives its pods host names, the others have what their template says. */
    static PodName of(Workload workload, String name) {
        boolean stateful = workload.kind() == Kind.STATEFUL_SET;
        String declared = workload.pod().hostname();
        String hostname = stateful || declared.isEmpty() ? name : declared;
        return new PodName(
                workload.namespace(),
                name,
                hostname.substring(0, Math.min(hostname.length(), LONGEST_HOSTNAME)),
                stateful ? workload.serviceName() : workload.pod().subdomain(),
                UUID.randomUUID().toString());
    }

    /** Unique in a cluster, and fit to be the name of a file. */
    String key() {
        return namespace.equals(Workload.DEFAULT_NAMESPACE) ? name : namespace + "_" + name;
    }

    /** For messages. */
    String title() {
        return Instance.title(namespace, name);
    }

    /** The line of {@code /etc/hosts}, as the kubelet writes it. */
    String hosts(String address) {
        String inFull = subdomain.isEmpty()
                ? ""
                : hostname + "." + subdomain + "." + namespace + "." + NamedService.SUFFIX + " ";
        return address + " " + inFull + hostname + "\n";
    }

    /** The line of {@code /etc/resolv.conf}. */
    String search() {
        return "search " + namespace + "." + NamedService.SUFFIX + " " + NamedService.SUFFIX + " cluster.local\n";
    }
}
