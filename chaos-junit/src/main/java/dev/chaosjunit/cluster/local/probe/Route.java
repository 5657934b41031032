// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

/**
 * How a pod is asked over the network.
 *
 * @param prober the address that it is asked from, by which a fault tells a probe from load
 * @param pod the address of the pod
 */
public record Route(String prober, String pod) {

    /** A port of the pod, for messages. */
    String to(int port) {
        return pod + ":" + port;
    }
}
