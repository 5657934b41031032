// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.chaosjunit.cluster.manifest.ContainerSpec.ContainerPort;
import dev.chaosjunit.cluster.manifest.ReadinessProbe.Check;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The readiness probe of a container. */
final class ProbeReader {

    private static final String PATH = "spec.template.spec.containers[0].readinessProbe";

    private final Document document;
    private final List<ContainerPort> ports;

    ProbeReader(Document document, List<ContainerPort> ports) {
        this.document = document;
        this.ports = ports;
    }

    ReadinessProbe read(Probe probe) {
        return new ReadinessProbe(
                check(probe),
                Duration.ofSeconds(atLeast(0, "initialDelaySeconds", probe.getInitialDelaySeconds(), 0)),
                Duration.ofSeconds(atLeast(1, "periodSeconds", probe.getPeriodSeconds(), 10)),
                Duration.ofSeconds(atLeast(1, "timeoutSeconds", probe.getTimeoutSeconds(), 1)),
                atLeast(1, "successThreshold", probe.getSuccessThreshold(), 1),
                atLeast(1, "failureThreshold", probe.getFailureThreshold(), 3));
    }

    private Check check(Probe probe) {
        if ((probe.getHttpGet() == null) == (probe.getTcpSocket() == null)) {
            throw document.refuse(PATH, "needs either httpGet or tcpSocket");
        }
        if (probe.getTcpSocket() != null) {
            return new ReadinessProbe.TcpSocket(
                    port("tcpSocket.port", probe.getTcpSocket().getPort()));
        }
        HTTPGetAction get = probe.getHttpGet();
        if (get.getScheme() != null && !"HTTP".equals(get.getScheme())) {
            throw document.unsupported(PATH + ".httpGet.scheme " + get.getScheme() + " (other than HTTP)");
        }
        String path = requireNonNullElse(get.getPath(), "/");
        return new ReadinessProbe.HttpGet(
                port("httpGet.port", get.getPort()),
                path.startsWith("/") ? path : "/" + path,
                get.getHttpHeaders().stream().collect(Collectors.toMap(HTTPHeader::getName, HTTPHeader::getValue)));
    }

    private int port(String field, @Nullable IntOrString port) {
        if (port == null || port.getStrVal() == null) {
            return document.port(PATH + "." + field, port == null ? null : port.getIntVal());
        }
        return ports.stream()
                .filter(known -> known.name().equals(port.getStrVal()))
                .mapToInt(ContainerPort::number)
                .findFirst()
                .orElseThrow(() -> document.refuse(
                        PATH + "." + field, port.getStrVal() + " is no port of the container, which has " + ports));
    }

    private int atLeast(int least, String field, @Nullable Integer value, int fallback) {
        int number = requireNonNullElse(value, fallback);
        if (number < least) {
            throw document.refuse(PATH + "." + field, "must be " + least + " or more, not " + number);
        }
        return number;
    }
}
