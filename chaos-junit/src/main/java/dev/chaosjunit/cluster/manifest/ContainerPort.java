// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

/**
 * A port a container listens on.
 *
 * @param name its name; the number as text when the manifest gives none
 * @param number 1 to 65535
 */
public record ContainerPort(String name, int number, Protocol protocol) {

    /** What is spoken on it. */
    public enum Protocol {
        TCP,
        UDP
    }
}
