// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

/**
 * A variable of the container's environment.
 *
 * @param name the variable's name
 * @param source where the value comes from
 * @param value the literal value; empty for the other sources
 */
public record EnvVar(String name, Source source, String value) {

    /** A literal, or a field of the pod that is known only when it starts. */
    public enum Source {
        LITERAL,
        POD_NAME,
        POD_IP,
        NAMESPACE
    }
}
