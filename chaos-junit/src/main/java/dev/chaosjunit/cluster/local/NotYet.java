// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.ManifestException;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.ArrayList;
import java.util.List;

/** Refuses, in one message, what manifests may say and this runtime does not run yet. */
final class NotYet {
    private final List<String> found = new ArrayList<>();

    private NotYet() {}

    static void refuse(Manifests manifests) {
        NotYet check = new NotYet();
        manifests.workloads().forEach(check::workload);
        if (!check.found.isEmpty()) {
            String lines = String.join("\n", check.found);
            throw new ManifestException(
                    "not supported by the local runtime yet; run with chaos.runtime=k3s:\n" + lines,
                    check.found.stream()
                            .map(what -> what + " is not supported by the local runtime yet")
                            .toList());
        }
    }

    private void workload(Workload workload) {
        workload.pod().allContainers().forEach(container -> container(workload.title(), container));
    }

    private void container(String title, ContainerSpec container) {
        has(title, "startupProbe", container.probes().startup().isPresent());
        has(title, "livenessProbe", container.probes().liveness().isPresent());
        container.probes().readiness().map(Probe::check).ifPresent(check -> {
            has(title, "readinessProbe.exec", check instanceof Probe.Exec);
            has(title, "readinessProbe.grpc", check instanceof Probe.Grpc);
            has(title, "readinessProbe.httpGet.scheme", check instanceof Probe.HttpGet get && get.https());
        });
    }

    private void has(String title, String what, boolean there) {
        if (there) {
            found.add(title + ": " + what);
        }
    }
}
