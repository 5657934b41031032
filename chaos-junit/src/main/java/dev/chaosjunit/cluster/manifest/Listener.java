// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which io_uring calls of a pod are handed to a keeper, by the name of the RuntimeClass that its template asks for. */
public enum Listener {
    /** {@code io_uring_setup}, which costs nothing that could be measured once the rings are made. */
    SETUP("chaos-io-uring"),

    /** {@code io_uring_enter} as well, for faults in what a ring does: each such call takes longer, fault or not. */
    ENTER("chaos-io-uring-enter");

    private final String runtimeClass;

    Listener(String runtimeClass) {
        this.runtimeClass = runtimeClass;
    }

    /** Find one by its RuntimeClass. */
    public static Optional<Listener> of(String runtimeClass) {
        return Arrays.stream(values())
                .filter(listener -> listener.runtimeClass.equals(runtimeClass))
                .findFirst();
    }

    /** Those that can be asked for. */
    public static List<String> runtimeClasses() {
        return Arrays.stream(values()).map(listener -> listener.runtimeClass).toList();
    }
}
