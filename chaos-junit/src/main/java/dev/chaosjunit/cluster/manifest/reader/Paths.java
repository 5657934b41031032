// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.Arrays;
import java.util.List;

/** Paths within a volume or a container. */
final class Paths {
    private Paths() {}

    /** Whether it is none, or leads out of the volume. */
    static boolean leaves(String path) {
        return path.isEmpty()
                || path.startsWith("/")
                || Arrays.asList(path.split("/", -1)).contains("..");
    }

    /** Whether something can be mounted there in a container: all but its root itself, and what leads above it. */
    static boolean isMountable(String path) {
        List<String> names = Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
        return path.startsWith("/")
                && path.indexOf(':') < 0
                && path.indexOf('\0') < 0
                && !names.isEmpty()
                && !names.contains("..");
    }
}
