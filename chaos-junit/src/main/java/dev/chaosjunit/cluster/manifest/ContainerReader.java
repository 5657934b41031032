// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.chaosjunit.cluster.manifest.ContainerSpec.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerSpec.EnvVar;
import dev.chaosjunit.cluster.manifest.ContainerSpec.EnvVar.Source;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The one container of a pod template. */
final class ContainerReader {

    private static final String CONTAINERS = "spec.template.spec.containers";
    private static final String PATH = CONTAINERS + "[0].";
    private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");
    private static final Map<String, Source> FIELDS = Map.of(
            "metadata.name", Source.POD_NAME,
            "status.podIP", Source.POD_IP,
            "metadata.namespace", Source.NAMESPACE);

    private ContainerReader() {}

    static ContainerSpec read(Document document, PodSpec pod) {
        List<Container> containers = pod.getContainers();
        if (containers.size() != 1) {
            throw document.refuse(
                    CONTAINERS, "must hold one container for the local runtime, not " + containers.size());
        }
        Container container = containers.get(0);
        if (container.getImage() == null || container.getImage().isBlank()) {
            throw document.refuse(PATH + "image", "is missing");
        }
        List<ContainerPort> ports = ports(document, container);
        return new ContainerSpec(
                container.getImage(),
                container.getArgs(),
                env(document, container),
                ports,
                container.getReadinessProbe() == null
                        ? null
                        : new ProbeReader(document, ports).read(container.getReadinessProbe()));
    }

    private static List<ContainerPort> ports(Document document, Container container) {
        List<ContainerPort> ports = new ArrayList<>();
        for (int i = 0; i < container.getPorts().size(); i++) {
            var port = container.getPorts().get(i);
            String path = PATH + "ports[" + i + "].";
            document.requireTcp(path + "protocol", port.getProtocol());
            int number = document.port(path + "containerPort", port.getContainerPort());
            ports.add(new ContainerPort(requireNonNullElse(port.getName(), String.valueOf(number)), number));
        }
        if (ports.stream().map(ContainerPort::name).distinct().count() < ports.size()) {
            throw document.refuse(PATH + "ports", "names a port twice: " + ports);
        }
        return ports;
    }

    private static List<EnvVar> env(Document document, Container container) {
        List<EnvVar> env = new ArrayList<>();
        for (int i = 0; i < container.getEnv().size(); i++) {
            env.add(variable(
                    document, PATH + "env[" + i + "]", container.getEnv().get(i)));
        }
        return env;
    }

    private static EnvVar variable(Document document, String path, io.fabric8.kubernetes.api.model.EnvVar variable) {
        String name = requireNonNullElse(variable.getName(), "");
        if (!VARIABLE.matcher(name).matches()) {
            throw document.refuse(path + ".name", "\"" + name + "\" is no name of a variable");
        }
        if (variable.getValueFrom() == null) {
            return new EnvVar(name, Source.LITERAL, requireNonNullElse(variable.getValue(), ""));
        }
        String field = variable.getValueFrom().getFieldRef() == null
                ? ""
                : requireNonNullElse(variable.getValueFrom().getFieldRef().getFieldPath(), "");
        Source source = FIELDS.get(field);
        if (source == null) {
            throw document.refuse(
                    path + ".valueFrom.fieldRef.fieldPath",
                    "\"" + field + "\" is not supported by the local runtime, which knows "
                            + FIELDS.keySet().stream().sorted().toList());
        }
        return new EnvVar(name, source, "");
    }
}
