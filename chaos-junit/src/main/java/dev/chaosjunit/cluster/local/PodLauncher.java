// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.PodLog;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.local.probe.Commands;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts containers of pods that have their network. */
final class PodLauncher {

    private final RootShell shell;
    private final Node node;
    private final Path directory;
    private final Map<String, ImageContent> images;
    private final Map<ServiceSpec, String> clusterIps;
    private final PodLimits limits;
    private final String script = RootShell.script("container.sh");

    /**
     * Launch pods of these images, that keep their files and logs below a directory.
     *
     * @param clusterIps of the Services that pods are told of
     */
    PodLauncher(
            RootShell shell,
            Node node,
            PodLimits limits,
            Map<String, ImageContent> images,
            Map<ServiceSpec, String> clusterIps,
            Path directory) {
        this.shell = shell;
        this.node = node;
        this.limits = limits;
        this.images = images;
        this.clusterIps = clusterIps;
        this.directory = directory.toAbsolutePath();
    }

    /** A pod of which nothing runs yet. */
    Pod pod(int index, PodName id, Workload workload) {
        PodLog log = new PodLog(directory.resolve("logs").resolve(id.key() + ".log"));
        return new Pod(index, id, workload, node.addresses().pod(index), log);
    }

    /** Begin a container's next life. */
    PodProcess start(Container container) {
        Pod pod = container.pod();
        Path own = files(container);
        Path root = makeDirectories(own.resolve("root"));
        Path file = own.resolve("plan");
        ContainerPlan plan = plan(container, own);
        plan.write(file);
        List<String> command = new ArrayList<>(node.inside());
        command.addAll(List.of("nsenter", "--net=" + NodeNetwork.kept(node, pod)));
        command.addAll(List.of("unshare", "--mount", "--uts", "--ipc", "--pid", "--fork"));
        command.addAll(List.of("sh", "-c", script, "chaos-junit-container"));
        command.addAll(List.of(pod.id().key(), container.spec().name(), pod.id().hostname(), node.cgroup()));
        command.addAll(List.of("env", "-i"));
        pod.workload().pod().listener().ifPresent(listener -> command.addAll(Keeper.launch(node, listener)));
        command.addAll(List.of(NodeAgent.path(node), "contain", file.toString(), root.toString()));
        Path errors = own.resolve("errors");
        PodProcess life = new PodProcess(
                container,
                plan,
                shell.start(command, errors),
                errors,
                () -> limits.memoryKills(pod.id().key(), container.spec().name()));
        container.lives(life);
        return life;
    }

    /** Runs commands in a life of a container. */
    Commands commands(Container container, PodProcess life) {
        return new ContainerCommands(shell, node, container, life, files(container));
    }

    /** Those on this machine that make it. */
    private Path files(Container container) {
        return directory
                .resolve("pods")
                .resolve(node.link())
                .resolve(container.pod().id().key())
                .resolve(container.spec().name());
    }

    private ContainerPlan plan(Container container, Path files) {
        Pod pod = container.pod();
        ContainerSpec spec = container.spec();
        ImageContent content = Objects.requireNonNull(images.get(spec.image()));
        PodFacts facts = facts(pod);
        Environment environment = Environment.of(
                spec,
                facts,
                content.host().map(host -> host.program().getParent() + ":").orElse("") + ImageContent.PATH);
        ContainerRights rights = ContainerRights.of(spec.security(), content.host());
        List<RootFile> seen =
                new ArrayList<>(PodRoot.of(content, files, pod.id(), pod.address(), node.addresses(), rights.user()));
        content.host()
                .ifPresent(host -> seen.addAll(
                        HostFiles.of(host, NodeAgent.kept(node, pod.id().key()), rights.readOnlyRoot())));
        PodVolumes volumes = new PodVolumes(
                Path.of(NodeAgent.directory(node)), pod.workload(), pod.id().name(), spec, facts::field);
        return new ContainerPlan(
                spec.workingDir().isEmpty() ? content.workingDir() : spec.workingDir(),
                rights,
                environment.assignments(),
                new PodCommand(content, spec, environment)
                        .words(container.life().isEmpty()),
                seen,
                volumes.files(),
                volumes.views(),
                limits.settings(pod.id().key(), spec.name(), spec.limits()));
    }

    private PodFacts facts(Pod pod) {
        boolean links = pod.workload().pod().serviceLinks();
        return new PodFacts(
                pod.id(),
                pod.address(),
                node.link(),
                node.addresses().gateway(),
                links ? ServiceVariables.of(pod.id().namespace(), clusterIps) : Map.of());
    }

    private static Path makeDirectories(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + " for a pod", e);
        }
    }
}
