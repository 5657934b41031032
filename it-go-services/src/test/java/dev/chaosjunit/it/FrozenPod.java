// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pod's freezer, by the files that this machine's kernel shows of its process's cgroup.
 *
 * @param pid its process, as this machine numbers it
 * @param cgroup the directory
 */
record FrozenPod(long pid, Path cgroup) {

    static FrozenPod of(Instance pod) throws IOException {
        return of(
                pod.handle() instanceof Handle.LocalProcess process
                        ? process.pid()
                        : NodePod.of(pod).pid());
    }

    static FrozenPod of(long pid) throws IOException {
        List<String> memberships = Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"));
        String unified = path("0::", memberships);
        return unified.length() > 1
                ? new FrozenPod(pid, Path.of(mount("cgroup2") + unified))
                : new FrozenPod(pid, Path.of(mount("freezer") + path(":freezer:", memberships)));
    }

    private static String path(String hierarchy, List<String> memberships) {
        return memberships.stream()
                .filter(line -> line.contains(hierarchy))
                .map(line -> line.substring(line.indexOf(hierarchy) + hierarchy.length()))
                .findFirst()
                .orElse("");
    }

    private static String mount(String word) throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .filter(line -> line.split(" ", -1)[2].startsWith("cgroup") && line.contains(word))
                .map(line -> line.split(" ", -1)[1])
                .findFirst()
                .orElseThrow();
    }

    /** A cgroup that is gone is not. */
    boolean isFrozen() {
        return says("cgroup.events", "frozen 1") || says("freezer.state", "FROZEN");
    }

    private boolean says(String file, String text) {
        try {
            return Files.readString(cgroup.resolve(file)).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    /** The process that would thaw it: one of ours that holds its cgroup, and no agent. */
    ProcessHandle guardian() throws IOException {
        return ProcessHandle.allProcesses()
                .filter(process -> name(process).equals("chaos-guardian") && holds(process))
                .findFirst()
                .orElseThrow();
    }

    private static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip();
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }

    /** By number, as a process of a container sees the directory elsewhere. */
    private boolean holds(ProcessHandle process) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            Object own = Files.getAttribute(cgroup, "unix:ino");
            return descriptors.anyMatch(descriptor -> inode(descriptor).equals(own));
        } catch (IOException e) {
            return false;
        }
    }

    private static Object inode(Path descriptor) {
        try {
            return Files.getAttribute(descriptor, "unix:ino");
        } catch (IOException e) {
            return "";
        }
    }
}
