// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.PodSpec;
import dev.chaosjunit.cluster.manifest.PodSpec.RestartPolicy;
import dev.chaosjunit.cluster.manifest.Volume;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.Workload.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects that have pods. */
final class WorkloadReader {
    private static final Map<String, RestartPolicy> POLICIES =
            Map.of("Always", RestartPolicy.ALWAYS, "OnFailure", RestartPolicy.ON_FAILURE, "Never", RestartPolicy.NEVER);

    private final Findings findings;
    private final References references;

    WorkloadReader(Findings findings, References references) {
        this.findings = findings;
        this.references = references;
    }

    /** The workload; empty for kinds that are none, and where there is no description of its pods. */
    Optional<Workload> read(Field object) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(ObjectNames.kind(object)))
                .findFirst()
                .flatMap(kind -> read(kind, object));
    }

    private Optional<Workload> read(Kind kind, Field object) {
        Optional<Field> spec = object.at("spec");
        Optional<Field> template = kind == Kind.POD ? Optional.of(object) : spec.flatMap(field -> field.at("template"));
        Optional<Field> pod = template.flatMap(field -> field.at("spec"));
        if (pod.isEmpty()) {
            findings.problem(object.place(), (kind == Kind.POD ? "spec" : "spec.template.spec") + " is missing");
            return Optional.empty();
        }
        return Optional.of(workload(kind, object, spec.orElseThrow(), template.orElseThrow(), pod.get()));
    }

    private Workload workload(Kind kind, Field object, Field spec, Field template, Field pod) {
        String namespace = ObjectNames.namespace(object);
        Map<String, String> labels = metadata(template, "labels");
        if (Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.REPLICA_SET, Kind.REPLICATION_CONTROLLER)
                .contains(kind)) {
            checkSelector(kind, spec, labels);
        }
        PodContext context =
                new PodContext(namespace, labels, metadata(template, "annotations"), pod, references, findings);
        PodSpec read = new PodReader(context).read(claims(spec), restartPolicy(kind, pod));
        return new Workload(
                kind,
                namespace,
                ObjectNames.name(object),
                spec.integer("replicas", 1),
                labels,
                kind == Kind.STATEFUL_SET
                        && spec.text("podManagementPolicy", "OrderedReady").equals("OrderedReady"),
                spec.text("serviceName", ""),
                read);
    }

    private static Map<String, String> metadata(Field template, String name) {
        return template.at("metadata").map(metadata -> metadata.map(name)).orElse(Map.of());
    }

    private List<Volume> claims(Field spec) {
        return spec.list("volumeClaimTemplates").stream()
                .map(ObjectNames::name)
                .<Volume>map(name -> new Volume.Claim(name, name, true))
                .toList();
    }

    private RestartPolicy restartPolicy(Kind kind, Field pod) {
        boolean job = kind == Kind.JOB;
        String policy = pod.text("restartPolicy", "Always");
        boolean always = policy.equals("Always");
        if (job == always && kind != Kind.POD) {
            findings.problem(
                    pod.at("restartPolicy").orElse(pod).place(),
                    (job ? "must be OnFailure or Never in a Job" : "must be Always in a " + kind.word()) + ", not "
                            + policy);
        }
        return POLICIES.getOrDefault(policy, RestartPolicy.ALWAYS);
    }

    /** The selector of a ReplicationController may be left out, and then is all labels of its pods. */
    private void checkSelector(Kind kind, Field spec, Map<String, String> labels) {
        boolean controller = kind == Kind.REPLICATION_CONTROLLER;
        Optional<Field> selector = spec.at("selector");
        if (selector.isEmpty()) {
            if (!controller && spec.lacks("selector")) {
                findings.problem(spec.place(), "needs a selector");
            }
            return;
        }
        Map<String, String> wanted =
                controller ? spec.map("selector") : selector.get().map("matchLabels");
        if (wanted.isEmpty() && (controller || selector.get().lacks("matchExpressions"))) {
            findings.problem(selector.get().place(), "selects nothing");
        } else if (!labels.entrySet().containsAll(wanted.entrySet())) {
            findings.problem(selector.get().place(), wanted + " does not match the labels of the template, " + labels);
        }
    }
}
