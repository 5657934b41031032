// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the machine knows of the clusters of one JVM: processes, network namespaces, links and cgroups, each with a
 * number that nobody else's has, but for namespaces: the kernel gives the lowest free number to the next one, which may
 * be that of a cluster beside this, so that only holders that are old enough count.
 *
 * @param youngest when the youngest of the processes was started, in ticks after the machine's start
 */
record Traces(Set<String> processes, Set<String> namespaces, Set<String> links, Set<String> cgroups, long youngest) {

    private static final int START = 19;
    private static final Pattern NETWORK = Pattern.compile("198\\.(18|19)\\.(\\d+)\\.0/24");

    /** What the descendants of a process hold, apart from its own network namespace. */
    static Traces of(ProcessHandle jvm) {
        Set<String> processes = new TreeSet<>();
        Set<String> namespaces = new TreeSet<>();
        jvm.descendants().forEach(process -> {
            processes.addAll(identity(process));
            namespaces.addAll(namespace(process));
        });
        namespaces.removeAll(namespace(jvm));
        long youngest = jvm.descendants().mapToLong(Traces::start).max().orElse(0);
        return new Traces(processes, namespaces, Set.of(), Set.of(), youngest);
    }

    /** These and the link and the cgroup of a cluster, found by its description. */
    Traces with(String description) {
        Matcher network = NETWORK.matcher(description);
        if (!network.find()) {
            throw new IllegalArgumentException(description);
        }
        int number = Integer.parseInt(network.group(2)) + (network.group(1).equals("18") ? 0 : 256);
        return new Traces(processes, namespaces, link("chaos" + number), cgroup("chaos-junit-" + number), youngest);
    }

    /** Those of these that are there now. */
    Traces remaining() {
        List<ProcessHandle> all = ProcessHandle.allProcesses().toList();
        Stream<ProcessHandle> old = all.stream().filter(process -> start(process) <= youngest);
        return new Traces(
                common(processes, all.stream().flatMap(process -> identity(process).stream())),
                common(namespaces, old.flatMap(process -> namespace(process).stream())),
                common(links, links.stream().flatMap(link -> link(link.split(" ", 2)[0]).stream())),
                common(cgroups, cgroups.stream().flatMap(cgroup -> cgroup(cgroup.split(" ", 2)[0]).stream())),
                youngest);
    }

    /** Those of these that others do not have. */
    Traces without(Traces others) {
        return new Traces(
                minus(processes, others.processes),
                minus(namespaces, others.namespaces),
                minus(links, others.links),
                minus(cgroups, others.cgroups),
                youngest);
    }

    boolean isEmpty() {
        return processes.isEmpty() && namespaces.isEmpty() && links.isEmpty() && cgroups.isEmpty();
    }

    /** One that has ended but was not yet asked for by its parent, such as init, does not count. */
    private static Set<String> identity(ProcessHandle process) {
        try {
            String[] fields = stat(process);
            return fields[0].equals("Z") ? Set.of() : Set.of(process.pid() + " started at " + fields[START]);
        } catch (IOException e) {
            return Set.of(); // it ended meanwhile
        }
    }

    private static long start(ProcessHandle process) {
        try {
            return Long.parseLong(stat(process)[START]);
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }

    /** The fields after the command's name, state first. */
    private static String[] stat(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static Set<String> namespace(ProcessHandle process) {
        try {
            return Set.of(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/net"))
                    .toString());
        } catch (IOException e) {
            return Set.of(); // it ended meanwhile
        }
    }

    private static Set<String> link(String name) {
        try {
            NetworkInterface link = NetworkInterface.getByName(name);
            return link == null ? Set.of() : Set.of(name + " " + link.getIndex());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> cgroup(String name) {
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), hierarchies)
                    .map(hierarchy -> hierarchy.resolve(name))
                    .filter(Files::exists)
                    .map(path -> name + " " + inode(path) + " in " + path.getParent())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object inode(Path path) {
        try {
            return Files.getAttribute(path, "unix:ino");
        } catch (IOException e) {
            return "gone";
        }
    }

    private static Set<String> common(Set<String> known, Stream<String> present) {
        return present.filter(known::contains).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
