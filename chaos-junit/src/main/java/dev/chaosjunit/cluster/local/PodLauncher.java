// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.PodLog;
import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts pods on a node, up to the point where they wait for their network. */
final class PodLauncher {

    private final RootShell shell;
    private final Node node;
    private final Path directory;
    private final Map<Workload, ImageContent> programs;
    private final String script = RootShell.script("pod.sh");

    /** Launch pods of these programs, that keep their files and logs below a directory. */
    PodLauncher(RootShell shell, Node node, Map<Workload, ImageContent> programs, Path directory) {
        this.shell = shell;
        this.node = node;
        this.programs = programs;
        this.directory = directory.toAbsolutePath();
    }

    Pod launch(int index, String name, Workload workload) {
        String address = node.addresses().pod(index);
        PodLog log = new PodLog(directory.resolve("logs").resolve(name + ".log"));
        List<String> own = List.of("unshare", "--net");
        return new Pod(index, name, workload, address, log, process(own, true, name, workload, address, log));
    }

    /** One more process for a pod, in the network that {@link NodeNetwork#connect} has kept. */
    PodProcess again(Pod pod) {
        List<String> kept = List.of("nsenter", "--net=" + NodeNetwork.kept(node, pod.name()), "unshare");
        return process(kept, false, pod.name(), pod.workload(), pod.address(), pod.log());
    }

    private PodProcess process(
            List<String> network, boolean isFirst, String name, Workload workload, String address, PodLog log) {
        Path files = directory.resolve("pods").resolve(node.link()).resolve(name);
        Path root = makeDirectories(files.resolve("root"));
        Path plan = files.resolve("plan");
        plan(isFirst, name, workload, address, files).write(plan);
        List<String> command = new ArrayList<>(node.inside());
        command.addAll(network);
        command.addAll(List.of("--mount", "--uts", "--ipc", "--pid", "--fork"));
        command.addAll(List.of("sh", "-c", script, "chaos-junit-pod"));
        command.addAll(List.of(name, address, node.addresses().gateway(), node.cgroup()));
        command.addAll(List.of("env", "-i"));
        workload.pod().listener().ifPresent(listener -> command.addAll(Keeper.launch(node, listener)));
        command.addAll(List.of(NodeAgent.path(node), "contain", plan.toString(), root.toString()));
        Path errors = files.resolve("errors");
        return new PodProcess(name, shell.start(command, errors), log, errors);
    }

    /** The services need no more rights than the one who runs the test, and as root no more than in a container. */
    private ContainerPlan plan(boolean isFirst, String name, Workload workload, String address, Path files) {
        ImageContent content = Objects.requireNonNull(programs.get(workload));
        ContainerSpec container = workload.pod().containers().get(0);
        Environment environment = Environment.of(
                container,
                name,
                address,
                content.host().map(host -> host.program().getParent() + ":").orElse("") + ImageContent.PATH);
        HostPart.User user = content.host()
                .flatMap(HostPart::user)
                .orElseGet(() -> new HostPart.User(Privilege.id("uid"), Privilege.id("gid")));
        List<RootFile> seen = new ArrayList<>(PodRoot.of(content, files, name, address, node.addresses(), user));
        content.host().ifPresent(host -> seen.addAll(HostFiles.of(host, NodeAgent.kept(node, name))));
        return new ContainerPlan(
                content.workingDir(),
                user.uid(),
                user.gid(),
                ContainerPlan.DEFAULT_CAPABILITIES,
                environment.assignments(),
                new PodCommand(content, container, environment).words(isFirst),
                seen);
    }

    private static Path makeDirectories(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + " for a pod", e);
        }
    }
}
