// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.OptionalInt;

/**
 * A port of a Service.
 *
 * @param name its name; the number as text when the manifest gives none
 * @param port the number clients use
 * @param target the container port behind it, by number or by name
 */
public record ServicePort(String name, int port, String target) {

    /** The number of the target port in the pods of a workload; empty when they have no port of that name. */
    public OptionalInt targetIn(Workload workload) {
        if (Character.isDigit(target.charAt(0))) {
            return OptionalInt.of(Integer.parseInt(target));
        }
        return workload.container().ports().stream()
                .filter(port -> port.name().equals(target))
                .mapToInt(ContainerPort::number)
                .findFirst();
    }
}
