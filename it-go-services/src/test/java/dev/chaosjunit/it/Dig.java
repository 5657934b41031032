// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code dig}, from outside, in a pod's network and with its name server: its root has none. */
final class Dig {
    private Dig() {}

    /** Of what it printed: how long until the answer came. It reads a coarse clock. */
    static int milliseconds(String printed) {
        return Integer.parseInt(printed.replaceFirst("(?s).*Query time: ([0-9]+) msec.*", "$1"));
    }

    /** Of what it printed: the answers to its questions. One run is quick where a run each would outlast a fault. */
    static List<String> answers(String printed) {
        List<String> parts = List.of(printed.split(";; Got answer:", -1));
        return parts.subList(1, parts.size());
    }

    static String in(Instance pod, String... query) throws IOException, InterruptedException {
        if (pod.handle() instanceof Handle.Container) {
            return NodePod.of(pod).dig(query);
        }
        String configuration = Commands.runAsRoot(List.of("cat", "/proc/" + pod.pid() + "/root/etc/resolv.conf"));
        String server = configuration
                .lines()
                .filter(line -> line.startsWith("nameserver "))
                .findFirst()
                .orElseThrow()
                .replace("nameserver ", "@");
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pod.pid()), "--net"));
        command.addAll(List.of("dig", server, "+tries=1", "+time=2"));
        command.addAll(List.of(query));
        return Commands.runAsRoot(command);
    }
}
