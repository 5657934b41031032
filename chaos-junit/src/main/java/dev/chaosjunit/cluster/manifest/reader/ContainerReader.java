// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Limits;
import dev.chaosjunit.cluster.manifest.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A container of a pod. */
final class ContainerReader {
    private final PodContext pod;
    private final Findings findings;
    private final Set<String> volumes;

    /**
     * Read containers of a pod.
     *
     * @param volumes the names of its volumes
     */
    ContainerReader(PodContext pod, Set<String> volumes) {
        this.pod = pod;
        this.findings = pod.findings();
        this.volumes = volumes;
    }

    ContainerSpec read(Field container) {
        for (String needed : List.of("name", "image")) {
            if (container.lacks(needed)) {
                findings.problem(container.place(), needed + " is missing");
            }
        }
        String directory = container.text("workingDir", "");
        if (!directory.isEmpty() && !directory.startsWith("/")) {
            findings.problem(container.place(), "workingDir must be absolute, not \"" + directory + "\"");
        }
        checkMounts(container.list("volumeMounts"));
        checkRequests(container);
        List<ContainerPort> ports = ports(container);
        return new ContainerSpec(
                container.text("name", ""),
                container.text("image", ""),
                container.texts("command"),
                container.texts("args"),
                directory,
                new EnvReader(pod).read(container),
                ports,
                container.list("volumeMounts").stream().map(this::mount).toList(),
                new ProbeReader(findings, ports).read(container),
                new SecurityReader(pod).read(container),
                limits(container));
    }

    private List<ContainerPort> ports(Field container) {
        List<ContainerPort> ports = new ArrayList<>();
        for (Field port : container.list("ports")) {
            int number = port.integer("containerPort", 0);
            if (port.lacks("containerPort")) {
                findings.problem(port.place(), "needs containerPort");
            }
            String name = port.text("name", String.valueOf(number));
            if (ports.stream().anyMatch(other -> other.name().equals(name)) && !port.lacks("name")) {
                findings.problem(port.place(), "name \"" + name + "\" is that of another port");
            }
            ports.add(new ContainerPort(name, number, Protocol.valueOf(port.text("protocol", "TCP"))));
        }
        return ports;
    }

    private VolumeMount mount(Field mount) {
        String volume = mount.text("name", "");
        String path = mount.text("mountPath", "");
        String subPath = mount.text("subPath", "");
        if (!volumes.contains(volume)) {
            findings.problem(mount.place(), "\"" + volume + "\" is no volume of the pod, which has " + volumes);
        }
        if (!Paths.isMountable(path)) {
            findings.problem(
                    mount.place(), "mountPath \"" + path + "\" must be absolute, below /, without ':' or '..'");
        }
        if (!subPath.isEmpty() && Paths.leaves(subPath)) {
            findings.problem(mount.place(), "subPath \"" + subPath + "\" must be relative, without '..'");
        }
        return new VolumeMount(volume, path, subPath, mount.flag("readOnly", false) || isReadOnly(volume));
    }

    private void checkMounts(List<Field> mounts) {
        Set<String> paths = new HashSet<>();
        for (Field mount : mounts) {
            String path = mount.text("mountPath", "");
            if (!paths.add(path)) {
                findings.problem(mount.place(), "mountPath \"" + path + "\" is that of another mount");
            }
        }
    }

    private void checkRequests(Field container) {
        Optional<Field> resources = container.at("resources");
        Optional<Field> limits = resources.flatMap(field -> field.at("limits"));
        resources
                .flatMap(field -> field.at("requests"))
                .ifPresent(requests -> requests.fields()
                        .forEach((name, request) -> limits.flatMap(field -> field.at(name))
                                .filter(limit -> Quantities.exceeds(request.text(), limit.text()))
                                .ifPresent(limit -> findings.problem(
                                        request.place(), "must not be above the limit, " + limit.text()))));
    }

    private boolean isReadOnly(String volume) {
        return pod.spec().list("volumes").stream()
                .filter(field -> field.text("name", "").equals(volume))
                .flatMap(field -> field.at("persistentVolumeClaim").stream())
                .anyMatch(claim -> claim.flag("readOnly", false));
    }

    private static Limits limits(Field container) {
        Optional<Field> limits = container.at("resources").flatMap(resources -> resources.at("limits"));
        return new Limits(
                limits.map(field -> field.thousandths("cpu")).orElse(OptionalLong.empty()),
                limits.map(field -> field.whole("memory")).orElse(OptionalLong.empty()));
    }
}
