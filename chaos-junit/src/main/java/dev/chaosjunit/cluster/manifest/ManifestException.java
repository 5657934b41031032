// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.cluster.ClusterException;
import java.util.List;

/** Manifests cannot be run as they are. */
public final class ManifestException extends ClusterException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    /**
     * Refuse them.
     *
     * @param message all of it, for people
     * @param mistakes each in a line of its own, without a heading
     */
    public ManifestException(String message, List<String> mistakes) {
        super(message);
        this.mistakes = List.copyOf(mistakes);
    }

    /** What is wrong, a line each. */
    public List<String> mistakes() {
        return mistakes;
    }
}
