// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/** Services could not be brought up: the manifests, the build or a pod is at fault; the message says which and why. */
public class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterException(String message) {
        super(message);
    }

    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
