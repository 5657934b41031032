// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import dev.chaosjunit.bpf.AgentProgram;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.ClusterException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** A node, with the agent beside Kubernetes. An agent that does nothing runs as long as this JVM wants the node. */
final class NodeContainer extends K3sContainer {
    /** On every node container, with its name; by it later JVMs find those that were left behind. */
    static final String LABEL = "dev.chaosjunit.node";

    static final String AGENT = "/chaos-agent";
    private static final int KUBE_SECURE_PORT = 6443;
    private static final int EXECUTABLE = 0755;
    private static final int SHOWN_LINES = 30;

    private final String name;
    private final String architecture;
    private final List<Integer> published;
    private @Nullable NodeWatch watch;

    private NodeContainer(String image, String architecture, String name, List<Integer> published, String token) {
        super(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        this.name = name;
        this.architecture = architecture;
        this.published = List.copyOf(published);
        withLabel(LABEL, name);
        withEnv("K3S_TOKEN", token);
    }

    /**
     * Prepare the node that has the control plane.
     *
     * @param image of the contract of rancher/k3s
     * @param architecture of the image
     * @param published node ports that the engine publishes on its host; none where containers are reached directly
     * @param token lets agents in that have it, too
     */
    static NodeContainer server(String image, String architecture, List<Integer> published, String token) {
        NodeContainer server = new NodeContainer(image, architecture, name(1), published, token);
        server.addExposedPorts(published.stream().mapToInt(Integer::intValue).toArray());
        server.withCommand(Stream.concat(
                        Stream.of(server.getCommandParts()),
                        Stream.of("--disable=metrics-server", "--node-name=" + server.name))
                .toArray(String[]::new));
        return server;
    }

    /** Prepare one that joins a server of the same image and token: the second, or a later one. */
    static NodeContainer agent(String image, String architecture, int number, String token) {
        NodeContainer agent = new NodeContainer(image, architecture, name(number), List.of(), token);
        agent.setExposedPorts(List.of());
        agent.withCommand("agent", "--node-name=" + agent.name);
        agent.setWaitStrategy(new JoinsLater());
        return agent;
    }

    private static String name(int number) {
        return "node-" + number;
    }

    /** What Kubernetes calls it: the same in every run. */
    String name() {
        return name;
    }

    /** For messages: its name, and its container's id. */
    String describe() {
        return "node " + name + "/" + getContainerId().substring(0, 12);
    }

    /** Before it starts, say where its server is, which runs. */
    void join(NodeContainer server) {
        withEnv("K3S_URL", "https://" + server.address() + ":" + KUBE_SECURE_PORT);
    }

    /** Where other containers reach it. */
    String address() {
        return getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(network -> network.getIpAddress())
                .filter(address -> address != null && !address.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private boolean isAgent() {
        return "agent".equals(getCommandParts()[0]);
    }

    /** By the engine itself: Testcontainers would start a container of yet another image first, to see whether it may. */
    @Override
    @SuppressWarnings("deprecation") // nobody else calls it
    public void addFileSystemBind(String hostPath, String containerPath, BindMode mode) {
        withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                .withBinds(new Bind(hostPath, new Volume(containerPath), mode.accessMode)));
    }

    /** Asked for by the constructor above this class already. */
    @Override
    public String getHost() {
        return DockerEngine.hostAddress();
    }

    /** A range of node ports for engines that have to publish them one by one. */
    static List<Integer> publishedNodePorts() {
        return IntStream.range(30_000, 30_016).boxed().toList();
    }

    List<Integer> published() {
        return published;
    }

    /** The end of what the node printed. */
    String lastLogs() {
        List<String> lines = getLogs().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** An agent has no kubeconfig to be read. */
    @Override
    protected void containerIsStarted(InspectContainerResponse info) {
        if (!isAgent()) {
            super.containerIsStarted(info);
        }
    }

    /** The keeper starts with the container: from then on nobody takes the node for left behind. */
    @Override
    protected void containerIsStarting(InspectContainerResponse info) {
        super.containerIsStarting(info);
        try (InputStream agent = AgentProgram.open(architecture)) {
            copyFileToContainer(Transferable.of(agent.readAllBytes(), EXECUTABLE), AGENT);
            NodeWatch starting = new NodeWatch(getDockerClient(), getContainerId(), describe());
            starting.node(this::lastLogs);
            starting.process("the agent that keeps it", exec(AGENT));
            starting.process("the keeper of its pods' io_uring listeners", NodeListeners.startKeeper(this));
            watch = starting;
        } catch (IOException | HelperException e) {
            throw new ContainerFetchException("the agent cannot be put into the node: " + e.getMessage(), e);
        }
    }

    /** What sees it end; it has to have been started. */
    NodeWatch watch() {
        return Objects.requireNonNull(watch);
    }

    /** Start a command in it. */
    ExecProcess exec(String... command) throws IOException {
        return ExecProcess.start(getDockerClient(), getContainerId(), command);
    }

    /** Run a command to its end. */
    String run(String... command) {
        try {
            ExecResult result = execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new ClusterException("in the node, " + String.join(" ", command) + " failed with exit code "
                        + result.getExitCode() + ": " + result.getStdout() + result.getStderr());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new ClusterException("in the node, " + command[0] + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while the node ran " + command[0], e);
        }
    }

    /** Whether an agent is ready, its server tells; no line of its log is the same in every image. */
    private static final class JoinsLater extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
