// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.RemoteHelper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.testcontainers.utility.MountableFile;

/** A Kubernetes node that runs. */
final class K3sNode implements AutoCloseable {
    /** Without pkill, which not every image has. */
    private static final String RELOAD_DNS = "for p in /proc/[0-9]*; do read -r name < $p/comm || continue;"
            + " if [ \"$name\" = coredns ]; then kill -USR1 ${p#/proc/}; fi; done 2> /dev/null; true";

    /**
     * By what an image has: bash, or busybox, whose nc may wait for the other side once it is connected; one that has
     * neither is believed.
     */
    private static final String CONNECT =
            "if command -v bash; then timeout 3 bash -c \"exec 3<>/dev/tcp/$0/$1\"; elif command -v nc;"
                    + " then timeout 5 nc -w 3 $0 $1 < /dev/null; e=$?; [ $e = 0 ] || [ $e = 124 ] || [ $e = 143 ]; fi";

    /** After which a node's agents give up on a JVM that is stopped, and not dead. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final NodeContainer container;
    private final Map<String, Path> loaded = new HashMap<>();

    K3sNode(NodeContainer container) {
        this.container = container;
    }

    /** What Kubernetes calls it. */
    String name() {
        return container.name();
    }

    /** Load images that it does not have yet, by name. */
    void load(Map<String, Path> tars) {
        tars.forEach((image, tar) -> {
            if (!tar.equals(loaded.get(image))) {
                String inside = "/tmp/" + tar.getFileName();
                container.copyFileToContainer(MountableFile.forHostPath(tar), inside);
                container.run("k3s", "ctr", "images", "import", inside);
                container.run("rm", "-f", inside);
                loaded.put(image, tar);
            }
        });
    }

    Helper startHelper(Duration lostAfter) throws HelperException {
        try {
            ExecProcess process = container.exec(NodeContainer.AGENT, "--silence", Long.toString(SILENCE.toSeconds()));
            ChaosAgent agent = ChaosAgent.over(process, "in " + container.describe());
            agent.lostAfter(lostAfter);
            return new RemoteHelper(agent, () -> container.watch().why(process));
        } catch (IOException e) {
            throw new ClusterException("the agent does not start: " + e.getMessage(), e);
        }
    }

    /**
     * See whether what is in it can connect to an address.
     *
     * @throws RuntimeUnavailableException if not
     */
    void requireWay(InetSocketAddress to) {
        String address = to.getAddress().getHostAddress();
        try {
            container.run("sh", "-c", CONNECT, address, String.valueOf(to.getPort()));
        } catch (ClusterException e) {
            throw new RuntimeUnavailableException(
                    "pods cannot export to this JVM: from " + container.describe() + ", tried " + address + ":"
                            + to.getPort() + ", the address of this machine towards the node, and nothing answered. A"
                            + " firewall may stand between; or set chaos.otlp.endpoint to a collector that pods reach. "
                            + e.getMessage());
        }
    }

    /** Completes when it ends before it is closed. */
    CompletableFuture<String> lost() {
        return container.watch().lost();
    }

    /**
     * Have CoreDNS, where it has a pod here, drop its cache, which it does when it reads its configuration anew: for some
     * seconds it would give the next class the addresses of Services of the same names that are gone.
     */
    void forgetNames() {
        container.run("sh", "-c", RELOAD_DNS);
    }

    /** Whether it runs, with all that a node needs. */
    boolean isRunning() {
        return container.isRunning() && !lost().isDone();
    }

    @Override
    public void close() {
        container.stop();
    }
}
