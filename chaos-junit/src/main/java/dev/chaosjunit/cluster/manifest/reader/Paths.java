// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.Arrays;

/** Paths within a volume. */
final class Paths {
    private Paths() {}

    /** Whether it is none, or leads out of the volume. */
    static boolean leaves(String path) {
        return path.isEmpty()
                || path.startsWith("/")
                || Arrays.asList(path.split("/", -1)).contains("..");
    }
}
