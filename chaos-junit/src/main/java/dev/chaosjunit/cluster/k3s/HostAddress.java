// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import dev.chaosjunit.cluster.ClusterException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientConfigUtils;

/**
 * Where published ports of containers are reached. Inside a container it is the gateway of the engine's bridge, which an
 * engine that starts for the first time does not name: Testcontainers would then ask a container of an image that need
 * not be here, and by a connection that it only makes later.
 */
final class HostAddress {
    private static final int ANY_PORT = 9;

    private HostAddress() {}

    static String of(DockerClient docker) {
        return isBehindBridge()
                ? gateway(docker.inspectNetworkCmd().withNetworkId("bridge").exec())
                        .orElseGet(() -> DockerClientFactory.instance().dockerHostIpAddress())
                : DockerClientFactory.instance().dockerHostIpAddress();
    }

    /** The address of this machine from which packets to a container would come; nothing is sent. */
    static String towards(String container) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(container, ANY_PORT));
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException | UncheckedIOException e) {
            throw new ClusterException("this machine has no way to the container at " + container, e);
        }
    }

    private static boolean isBehindBridge() {
        return DockerClientConfigUtils.IN_A_CONTAINER
                && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null
                && "unix"
                        .equals(DockerClientFactory.instance()
                                .getTransportConfig()
                                .getDockerHost()
                                .getScheme());
    }

    /** The one that is named, else the one that engines take when none is: the first address of the subnet. */
    static Optional<String> gateway(Network bridge) {
        List<Network.Ipam.Config> configs = bridge.getIpam().getConfig();
        return (configs == null ? Stream.<Network.Ipam.Config>empty() : configs.stream())
                .flatMap(config -> Stream.ofNullable(
                        config.getGateway() == null ? firstOf(config.getSubnet()) : config.getGateway()))
                .findFirst();
    }

    private static @Nullable String firstOf(@Nullable String subnet) {
        return subnet != null && subnet.matches("[0-9.]+\\.0/[0-9]+") ? subnet.replaceFirst("\\.0/.*", ".1") : null;
    }
}
