// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.exception.DockerException;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.testcontainers.containers.ContainerFetchException;

/** Containers of a cluster, ready to be started. */
final class PreparedNodes {
    private static final SecureRandom RANDOM = new SecureRandom();

    private PreparedNodes() {}

    /**
     * The server's, and then those of its agents.
     *
     * @throws RuntimeUnavailableException when Testcontainers does not let us
     */
    static List<NodeContainer> of(DockerEngine engine, K3sSettings settings, String architecture) {
        DockerEngine.connectTestcontainers();
        String token = Long.toHexString(RANDOM.nextLong()) + Long.toHexString(RANDOM.nextLong());
        try {
            List<NodeContainer> nodes = IntStream.rangeClosed(1, settings.nodes())
                    .mapToObj(number -> number == 1
                            ? NodeContainer.server(settings.image(), architecture, engine.portsToPublish(), token)
                            : NodeContainer.agent(settings.image(), architecture, number, token))
                    .toList();
            for (NodeContainer node : nodes) {
                NodeListeners.prepare(node, architecture);
            }
            return nodes;
        } catch (ContainerFetchException | DockerException | HelperException e) {
            throw NodeFailure.notStarted(settings.image(), e);
        }
    }
}
