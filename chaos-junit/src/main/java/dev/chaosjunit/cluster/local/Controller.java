// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that cgroups can limit.
 *
 * @param name the kernel's: {@code memory}, {@code cpu}, {@code pids}
 * @param directory the node's cgroup for it, below which pods have theirs
 * @param isUnified whether that is of version 2, where processes have one cgroup for all, and are in it already
 */
record Controller(String name, Path directory, boolean isUnified) {

    /**
     * What is written to files to limit a cgroup, a path and a text each, by a process that is then in it. What this
     * kernel does not have is left out, such as counting swap.
     *
     * @param cgroup relative to the node's
     * @param limits a file's name and a text each
     */
    List<String> limit(Path cgroup, List<String> limits) {
        List<String> settings = new ArrayList<>();
        Path above = cgroup.getParent();
        if (isUnified && above != null) {
            add(settings, above, "cgroup.subtree_control", "+" + name);
        }
        for (int i = 0; i < limits.size(); i += 2) {
            if (Files.exists(directory.resolve(limits.get(i)))) {
                add(settings, cgroup, limits.get(i), limits.get(i + 1));
            }
        }
        if (!isUnified) {
            add(settings, cgroup, "cgroup.procs", "0");
        }
        return settings;
    }

    private void add(List<String> settings, Path cgroup, String file, String text) {
        settings.add(directory.resolve(cgroup).resolve(file).toString());
        settings.add(text);
    }
}
