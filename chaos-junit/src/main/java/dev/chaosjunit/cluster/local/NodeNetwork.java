// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Links, routes and packet rules inside a node. */
final class NodeNetwork {

    /** The same on each link, as in the scripts: nobody needs to ask for them by ARP. */
    private static final String NODE_END = "02:00:00:00:00:01";

    private static final String FAR_END = "02:00:00:00:00:02";

    private static final String KEEP = """
            mkdir "$0"
            mount -t tmpfs -o mode=0755 chaos-junit-networks "$0"
            while read -r name pid; do
              : >"$0$name"
              mount --bind "/proc/$pid/ns/net" "$0$name"
            done""";

    private final RootShell shell;
    private final Node node;

    NodeNetwork(RootShell shell, Node node) {
        this.shell = shell;
        this.node = node;
    }

    /** Connect the node to the host, and name queries of its pods to the server on the host's address. */
    void layOut(int dnsPort) {
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
                        String.valueOf(dnsPort)));
    }

    /** Give each pod a link to the node, which becomes its {@code eth0}, and keep its network for its next lives. */
    void connect(Collection<Pod> pods) {
        keep(pods);
        StringBuilder batch = new StringBuilder();
        for (Pod pod : pods) {
            String link = "pod" + pod.index();
            String far = "type veth peer name " + Pod.DEVICE + " address " + FAR_END + " netns " + pod.pid();
            batch.append("link add %s address %s %s\n".formatted(link, NODE_END, far))
                    .append("link set %s addrgenmode none\n".formatted(link))
                    .append("link set %s up\n".formatted(link))
                    .append("neigh add %s lladdr %s dev %s nud permanent\n".formatted(pod.address(), FAR_END, link))
                    .append("route add %s dev %s scope link\n".formatted(pod.address(), link));
        }
        inNode("connect the pods", batch.toString(), "ip", "-batch", "-");
    }

    /** Where a pod's network lies, as the node sees it: a mount of the node's own, as for the {@link Keeper}. */
    static String kept(Node node, String pod) {
        return node.cgroup() + "/networks/" + pod;
    }

    private void keep(Collection<Pod> pods) {
        String names =
                pods.stream().map(pod -> pod.name() + " " + pod.pid() + "\n").collect(Collectors.joining());
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--mount", "--target", String.valueOf(node.pid()), "sh", "-euc", KEEP));
        command.add(kept(node, ""));
        shell.run("keep the networks of the pods", names, command);
    }

    /** Replace the packet rules of all Services at once. */
    void replaceRules(String rules) {
        inNode("set the rules of the Services", rules, "nft", "-f", "-");
    }

    private void inNode(String purpose, String input, String... command) {
        List<String> whole = new ArrayList<>(List.of(
                "sh",
                "-c",
                "PATH=$PATH:/usr/sbin:/sbin exec nsenter --net --target \"$@\"",
                "chaos-junit-network",
                String.valueOf(node.pid())));
        whole.addAll(List.of(command));
        shell.run(purpose, input, whole);
    }
}
