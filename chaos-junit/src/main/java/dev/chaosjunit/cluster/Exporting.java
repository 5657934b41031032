// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where pods send their telemetry, and how they are told. A variable that a container's manifest sets itself stays as it is.
 *
 * @param to where they reach this machine; what faults on packets leave alone
 * @param variables that containers get, in their order; a value may refer to those before it, {@code $(NAME)}
 */
public record Exporting(Optional<InetSocketAddress> to, Map<String, String> variables) {
    /** Pods are told nothing. */
    public static final Exporting NONE = new Exporting(Optional.empty(), Map.of());

    /** The variable that holds the pod's name, before all others. */
    public static final String POD_NAME = "CHAOS_POD_NAME";

    public Exporting {
        variables = new LinkedHashMap<>(variables);
    }

    public boolean isWanted() {
        return !variables.isEmpty();
    }
}
