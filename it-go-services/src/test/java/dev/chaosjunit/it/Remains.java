// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one run has made on this machine, gathered while it runs; what others make meanwhile is none of it. */
final class Remains {
    private static final Pattern NODE = Pattern.compile("/(chaos-junit-([0-9]+))(?:/|\\s|$)");

    private final Set<RunProcess> processes = new LinkedHashSet<>();
    private final Map<String, Object> cgroups = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final Set<String> programs = new TreeSet<>();

    /** Remember what processes of the run stand for. */
    synchronized void add(Collection<RunProcess> running) throws IOException, InterruptedException {
        for (RunProcess process : running) {
            processes.add(process);
            addNetwork(process);
            if (process.name().equals("chaos-agent")) {
                addPrograms(process);
            }
        }
    }

    /** Remember what agents in a node's container hold; the container itself is removed by the next JVM at the latest. */
    synchronized void addNode(Collection<RunProcess> running) throws IOException {
        for (RunProcess process : running) {
            if (process.name().equals("chaos-agent")) {
                addPrograms(process);
            }
        }
    }

    private void addNetwork(RunProcess process) throws IOException {
        Matcher node = NODE.matcher(read(proc(process).resolve("cgroup")));
        if (node.find()) {
            for (Path hierarchy : hierarchies()) {
                Path cgroup = hierarchy.resolve(node.group(1));
                if (Files.exists(cgroup) && !cgroups.containsKey(cgroup.toString())) {
                    cgroups.put(cgroup.toString(), Files.getAttribute(cgroup, "unix:ino"));
                }
            }
            String link = "chaos" + node.group(2);
            String index = read(Path.of("/sys/class/net", link, "ifindex")).strip();
            if (!index.isEmpty()) {
                links.putIfAbsent(link, index);
            }
        }
    }

    /** Numbers of BPF programs are not used again. */
    private void addPrograms(RunProcess agent) throws IOException {
        Path descriptors = proc(agent).resolve("fdinfo");
        if (Files.isDirectory(descriptors)) {
            try (Stream<Path> all = Files.list(descriptors)) {
                all.flatMap(descriptor -> read(descriptor).lines())
                        .filter(line -> line.startsWith("prog_id:"))
                        .forEach(line ->
                                programs.add(line.replace("prog_id:", "").strip()));
            } catch (UncheckedIOException | NoSuchFileException e) {
                return; // it ended meanwhile
            }
        }
    }

    /** What is still there, each by its name. */
    synchronized List<String> left() throws IOException, InterruptedException {
        List<String> left = new ArrayList<>();
        processes.stream().filter(RunProcess::runs).map(RunProcess::toString).forEach(left::add);
        for (Map.Entry<String, Object> cgroup : cgroups.entrySet()) {
            Path path = Path.of(cgroup.getKey());
            if (Files.exists(path) && Files.getAttribute(path, "unix:ino").equals(cgroup.getValue())) {
                left.add("cgroup " + path);
                // the number is still this run's: so is a route of its
                String number = path.getFileName().toString().replaceAll("\\D", "");
                if (Commands.run("ip", "-4", "route").contains("198." + prefix(Integer.parseInt(number)))) {
                    left.add("route of chaos" + number);
                }
            }
        }
        links.forEach((link, index) -> {
            if (read(Path.of("/sys/class/net", link, "ifindex")).strip().equals(index)) {
                left.add("link " + link);
            }
        });
        Set<String> loaded = loaded();
        programs.stream()
                .filter(loaded::contains)
                .map(id -> "BPF program " + id)
                .forEach(left::add);
        return left;
    }

    private static String prefix(int number) {
        return (18 + number / 256) + "." + number % 256 + ".";
    }

    private static Set<String> loaded() throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (String line : Commands.runAsRoot(List.of("sh", "-c", "PATH=$PATH:/usr/sbin bpftool prog"))
                .lines()
                .toList()) {
            if (line.matches("[0-9]+:.*")) {
                ids.add(line.substring(0, line.indexOf(':')));
            }
        }
        return ids;
    }

    private static List<Path> hierarchies() throws IOException {
        return Files.readAllLines(Path.of("/proc/mounts")).stream()
                .map(line -> line.split(" ", -1))
                .filter(mount -> mount[2].startsWith("cgroup"))
                .map(mount -> Path.of(mount[1]))
                .toList();
    }

    private static Path proc(RunProcess process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // it is gone
        }
    }
}
