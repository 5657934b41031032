// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.image.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The two nodes that an earlier class of this JVM has left for the next, as somebody's cluster. */
final class TwoNodes {
    private static final Path FILES = Path.of("target", "two-nodes").toAbsolutePath();

    private TwoNodes() {}

    /** What a build says to run chaos tests in it, with the agent's image on both nodes. */
    static Map<String, String> asForeign() throws IOException, InterruptedException, HelperException {
        Files.createDirectories(FILES);
        Path image = AgentImage.tar(Architecture.ofThisMachine(), FILES);
        Node agent = agent();
        String url = agent.sh("echo $K3S_URL").strip();
        Node server = server(url);
        for (Node node : List.of(server, agent)) {
            var unusedCopy = Commands.run("docker", "cp", image.toString(), node.container() + ":/tmp/agent.tar");
            var unusedImport = node.sh("k3s ctr images import /tmp/agent.tar");
        }
        Path kubeconfig = FILES.resolve("kubeconfig.yaml");
        Files.writeString(
                kubeconfig, server.sh("cat /etc/rancher/k3s/k3s.yaml").replace("https://127.0.0.1:6443", url));
        return Map.of(
                ChaosParameters.RUNTIME, "kubeconfig",
                ChaosParameters.KUBECONFIG, kubeconfig.toString(),
                ChaosParameters.NAMESPACES, "default");
    }

    /** The one with the control plane. */
    static Node server() throws IOException, InterruptedException {
        return server(agent().sh("echo $K3S_URL").strip());
    }

    /** The other one. */
    static Node agent() throws IOException, InterruptedException {
        for (Node node : Node.ofThisJvm()) {
            if (!node.sh("echo $K3S_URL").isBlank()) {
                return node;
            }
        }
        throw new IllegalStateException("this JVM has no node that has joined another");
    }

    private static Node server(String url) throws IOException, InterruptedException {
        for (Node node : Node.ofThisJvm()) {
            if (url.contains("/" + node.sh("hostname -i").strip() + ":")) {
                return node;
            }
        }
        throw new IllegalStateException("this JVM has no node at " + url);
    }
}
