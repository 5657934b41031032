// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.result.LeftOut;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads manifests, all documents of all sources, or says of all that is wrong with them in one message. */
public final class ManifestReader {
    private final Findings findings = new Findings();
    private final References references = new References(findings);
    private final Ignored ignored;

    private ManifestReader(Collection<String> ignore) {
        this.ignored = new Ignored(ignore);
    }

    /**
     * Read manifests that are to be run.
     *
     * @param ignore fields, by name or dotted path, and kinds that are left out though they are not supported
     * @throws ClusterException with a line for each mistake that names the file, the line, the object and the field
     */
    public static Manifests read(List<ManifestSource> sources, Collection<String> ignore) {
        ManifestReader reader = new ManifestReader(ignore);
        Manifests manifests = reader.read(sources);
        reader.ignored.unmet().forEach(sentence -> reader.findings.problem("", 0, sentence));
        reader.findings.refuse();
        if (manifests.workloads().isEmpty()) {
            throw new ClusterException("the manifests "
                    + sources.stream().map(ManifestSource::origin).toList()
                    + " hold no Deployment, nor any other kind that has pods: there is nothing to run");
        }
        return manifests;
    }

    private Manifests read(List<ManifestSource> sources) {
        List<Field> objects = Documents.read(sources, findings, ignored).stream()
                .flatMap(object -> new Kinds(findings).check(object).stream())
                .toList();
        requireNames(objects);
        objects.forEach(references::add);
        WorkloadReader reader = new WorkloadReader(findings, references);
        List<Workload> workloads =
                objects.stream().flatMap(object -> reader.read(object).stream()).toList();
        return new Manifests(
                workloads, services(objects, workloads), new LeftOut(ignored.lines(), findings.withoutEffect()));
    }

    private List<ServiceSpec> services(List<Field> objects, List<Workload> workloads) {
        ServiceReader reader = new ServiceReader(findings);
        Targets targets = new Targets(workloads, findings);
        List<ServiceSpec> services = new ArrayList<>();
        for (Field object : objects) {
            if (ObjectNames.kind(object).equals("Service")) {
                Optional<ServiceSpec> service = reader.read(object);
                service.ifPresent(read -> targets.check(object.at("spec").orElse(object), read));
                service.ifPresent(services::add);
            }
        }
        return services;
    }

    private void requireNames(List<Field> objects) {
        Set<String> titles = new HashSet<>();
        for (Field object : objects) {
            if (object.at("metadata").map(metadata -> metadata.lacks("name")).orElse(object.lacks("metadata"))) {
                findings.problem(object.place(), "metadata.name is missing");
            } else if (!titles.add(object.place().title())) {
                findings.problem(object.place(), "metadata.name is used twice in these manifests");
            }
        }
    }
}
