// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A volume, or a part of one, in a container's root.
 *
 * @param directory of the volume, as the node sees it; made where it is missing
 * @param group of the directory if it is made; absent for root's
 * @param part the file or directory in it that is seen; empty for all
 * @param target where the container sees it, absolute
 */
record VolumeView(Path directory, Optional<Long> group, String part, Path target, boolean readOnly) {

    /** As the agent reads it. */
    Stream<String> words() {
        return Stream.of(directory.toString(), number(group), part, target.toString(), readOnly ? "ro" : "rw");
    }

    /** What stands for a group. */
    static String number(Optional<Long> group) {
        return String.valueOf(group.orElse(-1L));
    }
}
