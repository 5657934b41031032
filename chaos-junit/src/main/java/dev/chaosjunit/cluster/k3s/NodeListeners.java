// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.bpf.AgentProgram;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.RuncProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * What a node has so that a pod gets a listener by naming a RuntimeClass: handlers of its containerd, which run a
 * wrapper of runc, and the keeper to which that wrapper sends the listeners.
 */
final class NodeListeners {
    /** Where the keeper lends them to helpers. */
    static final String CONTROL = "/run/chaos-junit/control.sock";

    /** The wrapper knows it. */
    private static final String DIRECTORY = "/run/chaos-junit";

    private static final String PROGRAMS = "/opt/chaos-junit/";
    private static final String K3S = "/var/lib/rancher/k3s/";

    /** The agent under another name, so that nobody takes it for one that belongs to a JVM. */
    static final String KEEPER = PROGRAMS + "keeper";

    private static final String START = PROGRAMS + "keeper.sh";
    private static final String LISTENS = "listens";
    private static final int EXECUTABLE = 0755;

    private NodeListeners() {}

    /** Put everything where a node finds it when it starts. */
    static void prepare(GenericContainer<?> node, String architecture) throws HelperException {
        byte[] wrapper = read(RuncProgram.open(architecture));
        node.withCopyToContainer(Transferable.of(wrapper, EXECUTABLE), PROGRAMS + "chaos-runc");
        node.withCopyToContainer(Transferable.of(wrapper, EXECUTABLE), PROGRAMS + "chaos-runc-enter");
        node.withCopyToContainer(Transferable.of(read(AgentProgram.open(architecture)), EXECUTABLE), KEEPER);
        node.withCopyToContainer(resource("keeper.sh"), START);
        // k3s takes the one for its containerd, or the second if that is all there is
        String configuration = K3S + "agent/etc/containerd/";
        node.withCopyToContainer(resource("containerd2.toml.tmpl"), configuration + "config-v3.toml.tmpl");
        node.withCopyToContainer(resource("containerd1.toml.tmpl"), configuration + "config.toml.tmpl");
        node.withCopyToContainer(resource("runtimeclasses.yaml"), K3S + "server/manifests/chaos-junit.yaml");
    }

    /**
     * Start the keeper, before there are pods.
     *
     * @return ends with it
     */
    static Process startKeeper(NodeContainer node) throws IOException {
        Process keeper = node.exec("sh", START, KEEPER, DIRECTORY);
        BufferedReader output = new BufferedReader(new InputStreamReader(keeper.getInputStream(), UTF_8));
        String first = output.readLine();
        if (!LISTENS.equals(first)) {
            throw new IOException("the keeper does not start: " + first);
        }
        return keeper;
    }

    private static Transferable resource(String name) {
        InputStream in = NodeListeners.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the jar lacks " + name);
        }
        return Transferable.of(read(in));
    }

    private static byte[] read(InputStream source) {
        try (source) {
            return source.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
