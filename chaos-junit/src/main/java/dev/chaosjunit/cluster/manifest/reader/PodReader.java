// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Listener;
import dev.chaosjunit.cluster.manifest.PodSpec;
import dev.chaosjunit.cluster.manifest.PodSpec.RestartPolicy;
import dev.chaosjunit.cluster.manifest.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The description of a pod, in whatever kind of workload. */
final class PodReader {
    private static final int DEFAULT_GRACE_SECONDS = 30;

    private final PodContext pod;
    private final Field spec;

    PodReader(PodContext pod) {
        this.pod = pod;
        this.spec = pod.spec();
    }

    /**
     * Read it.
     *
     * @param claims volumes from a StatefulSet's templates
     */
    PodSpec read(List<Volume> claims, RestartPolicy restartPolicy) {
        List<Volume> volumes = volumes(claims);
        Set<String> names = new LinkedHashSet<>();
        volumes.forEach(volume -> names.add(volume.name()));
        ContainerReader reader = new ContainerReader(pod, names);
        if (spec.list("containers").isEmpty() && spec.lacks("containers")) {
            pod.findings().problem(spec.place(), "needs containers");
        }
        PodSpec read = new PodSpec(
                spec.list("initContainers").stream().map(reader::read).toList(),
                spec.list("containers").stream().map(reader::read).toList(),
                volumes,
                restartPolicy,
                Duration.ofSeconds(spec.integer("terminationGracePeriodSeconds", DEFAULT_GRACE_SECONDS)),
                listener(),
                spec.text("hostname", ""),
                spec.text("subdomain", ""),
                spec.flag("enableServiceLinks", true));
        requireOnce(read.allContainers().map(ContainerSpec::name), "containers");
        return read;
    }

    private List<Volume> volumes(List<Volume> claims) {
        List<Volume> volumes = new ArrayList<>(claims);
        VolumeReader reader = new VolumeReader(pod);
        spec.list("volumes").stream().map(reader::read).forEach(volumes::add);
        requireOnce(volumes.stream().map(Volume::name), "volumes");
        return volumes;
    }

    private Optional<Listener> listener() {
        Optional<Field> name = spec.at("runtimeClassName");
        Optional<Listener> listener = name.map(Field::text).flatMap(Listener::of);
        if (name.isPresent() && listener.isEmpty()) {
            pod.findings()
                    .unsupported(
                            name.get().place(),
                            "\"" + name.get().text() + "\" " + Findings.UNSUPPORTED + ", which knows "
                                    + Listener.runtimeClasses());
        }
        return listener;
    }

    private void requireOnce(Stream<String> names, String what) {
        Set<String> seen = new LinkedHashSet<>();
        names.filter(name -> !name.isEmpty() && !seen.add(name))
                .forEach(name -> pod.findings().problem(spec.place(), "has two " + what + " named \"" + name + "\""));
    }
}
