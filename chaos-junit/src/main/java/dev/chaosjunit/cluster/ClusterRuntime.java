// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import org.apiguardian.api.API;

/** Where services run. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ClusterRuntime {
    /** {@link #K3S} where a Docker Engine answers that has the node's image, else {@link #LOCAL}. */
    AUTO,

    /** Processes of this machine in namespaces of their own; needs Linux and root, and no container engine. */
    LOCAL,

    /** A Kubernetes node in a container; needs a Docker Engine that allows privileged containers. */
    K3S,

    /**
     * A Kubernetes cluster that is there, as a kubeconfig says; see {@link dev.chaosjunit.ChaosParameters#NAMESPACES}. Its
     * nodes must have the images, or pull them.
     */
    KUBECONFIG
}
