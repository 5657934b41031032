// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that belongs to one run.
 *
 * @param pid as this machine counts
 * @param started the kernel's word of when, by which a number that is used again is told from this
 * @param name of its program, at most 15 characters
 */
record RunProcess(long pid, long parent, String started, String name, String arguments) {

    /** A JVM and all below it; those of a node's container are not. */
    static List<RunProcess> of(ProcessHandle jvm) {
        return Stream.concat(Stream.of(jvm), jvm.descendants())
                .flatMap(process -> read(process.pid()).stream())
                .toList();
    }

    /** All of a container; none once it has ended, which it may do at any time. */
    static List<RunProcess> ofContainer(String container) throws IOException, InterruptedException {
        List<RunProcess> all = new ArrayList<>();
        String top = Commands.run("sh", "-c", "docker top \"$0\" -eo pid 2>/dev/null || true", container);
        for (String line : top.lines().toList()) {
            if (line.strip().matches("[0-9]+")) {
                read(Long.parseLong(line.strip())).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<RunProcess> read(long pid) {
        Path directory = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(directory.resolve("stat"));
            String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String arguments = Files.readString(directory.resolve("cmdline"))
                    .replace('\0', ' ')
                    .strip();
            // one that only waits to be reaped does nothing any more
            return rest[0].equals("Z")
                    ? Optional.empty()
                    : Optional.of(new RunProcess(pid, Long.parseLong(rest[1]), rest[19], name, arguments));
        } catch (IOException e) {
            return Optional.empty(); // it ended meanwhile
        }
    }

    boolean runs() {
        return read(pid).filter(now -> now.started.equals(started)).isPresent();
    }

    /** SIGKILL, unless it ended just now; by the shell's own kill: a base image has no kill executable. */
    void kill() throws IOException, InterruptedException {
        Commands.runAsRoot(List.of("sh", "-c", "kill -9 " + pid + " 2>/dev/null || true"));
    }

    @Override
    public String toString() {
        return name + " (process " + pid + ")";
    }
}
