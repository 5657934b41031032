// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Links, routes and packet rules inside a node. */
final class NodeNetwork {

    private final RootShell shell;
    private final Node node;

    NodeNetwork(RootShell shell, Node node) {
        this.shell = shell;
        this.node = node;
    }

    /**
     * Connect the node to the host, and name queries of its pods to the server on the host's address; pods may connect to
     * one TCP port there, if one is given.
     */
    void layOut(int dnsPort, Optional<Integer> door) {
        shell.run(
                "lay out the network of " + node.addresses(),
                "",
                List.of(
                        "sh",
                        "-c",
                        RootShell.script("network.sh"),
                        "chaos-junit-network",
                        String.valueOf(node.pid()),
                        node.link(),
                        node.addresses().prefix(),
                        String.valueOf(dnsPort),
                        door.map(String::valueOf).orElse("")));
    }

    /** Give each pod a network with a link to the node, its {@code eth0}, before anything runs in it. */
    void connect(Collection<Pod> pods) {
        String lines = pods.stream()
                .map(pod -> pod.index() + " " + pod.id().key() + " " + pod.address() + "\n")
                .collect(Collectors.joining());
        inNode(
                "connect the pods",
                lines,
                List.of("--mount"),
                "sh",
                "-c",
                RootShell.script("pods.sh"),
                "chaos-junit-pods",
                directory(node),
                node.addresses().gateway());
    }

    /** Take a pod's network and its link away, once nothing runs in it. */
    void disconnect(Pod pod) {
        inNode(
                "disconnect pod " + pod.title(),
                "",
                List.of("--mount"),
                "sh",
                "-c",
                "umount \"$0\" && rm \"$0\"",
                kept(node, pod));
    }

    /** Where a pod's network lies, as the node sees it: a mount of the node's own, as for the {@link Keeper}. */
    static String kept(Node node, Pod pod) {
        return directory(node) + "/" + pod.id().key();
    }

    private static String directory(Node node) {
        return node.cgroup() + "/networks";
    }

    /** Replace the packet rules of all Services at once. */
    void replaceRules(String rules) {
        inNode("set the rules of the Services", rules, List.of(), "nft", "-f", "-");
    }

    private void inNode(String purpose, String input, List<String> also, String... command) {
        List<String> whole = new ArrayList<>(List.of(
                "sh",
                "-c",
                "PATH=$PATH:/usr/sbin:/sbin exec nsenter --net --target \"$@\"",
                "chaos-junit-network",
                String.valueOf(node.pid())));
        whole.addAll(also);
        whole.addAll(List.of(command));
        shell.run(purpose, input, whole);
    }
}
