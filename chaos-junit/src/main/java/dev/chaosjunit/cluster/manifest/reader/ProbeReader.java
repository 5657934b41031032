// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Probe.Check;
import dev.chaosjunit.cluster.manifest.Probes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The probes of a container. */
final class ProbeReader {
    private static final Set<String> CHECKS = Set.of("httpGet", "tcpSocket", "exec", "grpc");

    private final Findings findings;
    private final List<ContainerPort> ports;

    ProbeReader(Findings findings, List<ContainerPort> ports) {
        this.findings = findings;
        this.ports = ports;
    }

    Probes read(Field container) {
        return new Probes(
                read(container, "startupProbe", true),
                read(container, "readinessProbe", false),
                read(container, "livenessProbe", true));
    }

    private Optional<Probe> read(Field container, String name, boolean once) {
        Optional<Field> probe = container.at(name);
        if (once
                && probe.filter(field -> field.integer("successThreshold", 1) != 1)
                        .isPresent()) {
            findings.problem(probe.get().place(), "successThreshold must be 1");
        }
        return probe.flatMap(this::probe);
    }

    private Optional<Probe> probe(Field probe) {
        return check(probe)
                .map(check -> new Probe(
                        check,
                        Duration.ofSeconds(probe.integer("initialDelaySeconds", 0)),
                        Duration.ofSeconds(probe.integer("periodSeconds", 10)),
                        Duration.ofSeconds(probe.integer("timeoutSeconds", 1)),
                        probe.integer("successThreshold", 1),
                        probe.integer("failureThreshold", 3)));
    }

    private Optional<Check> check(Field probe) {
        List<String> checks =
                probe.fields().keySet().stream().filter(CHECKS::contains).toList();
        if (checks.size() != 1) {
            if (CHECKS.stream().allMatch(probe::lacks) || checks.size() > 1) {
                findings.problem(probe.place(), "needs one of httpGet, tcpSocket, exec and grpc");
            }
            return Optional.empty();
        }
        Field check = probe.at(checks.get(0)).orElseThrow();
        return switch (checks.get(0)) {
            case "httpGet" -> port(check).map(port -> http(check, port));
            case "tcpSocket" -> port(check).map(Probe.TcpSocket::new);
            case "grpc" -> port(check).map(port -> new Probe.Grpc(port, check.text("service", "")));
            default -> exec(check);
        };
    }

    private static Check http(Field get, int port) {
        String path = get.text("path", "/");
        Map<String, String> headers = new LinkedHashMap<>();
        get.list("httpHeaders").forEach(header -> headers.put(header.text("name", ""), header.text("value", "")));
        boolean https = get.text("scheme", "HTTP").equals("HTTPS");
        return new Probe.HttpGet(port, path.startsWith("/") ? path : "/" + path, https, headers);
    }

    private Optional<Check> exec(Field exec) {
        List<String> command = exec.texts("command");
        if (command.isEmpty()) {
            findings.problem(exec.place(), "needs a command");
            return Optional.empty();
        }
        return Optional.of(new Probe.Exec(command));
    }

    private Optional<Integer> port(Field check) {
        Optional<Field> field = check.at("port");
        if (field.isEmpty()) {
            if (check.lacks("port")) {
                findings.problem(check.place(), "needs a port");
            }
            return Optional.empty();
        }
        Optional<Long> number = check.integer("port");
        if (number.isPresent()) {
            return number.map(Math::toIntExact);
        }
        Optional<Integer> named = ports.stream()
                .filter(port -> port.name().equals(field.get().text()))
                .map(ContainerPort::number)
                .findFirst();
        if (named.isEmpty()) {
            findings.problem(field.get().place(), Targets.unknown(field.get().text(), ports, "the container"));
        }
        return named;
    }
}
