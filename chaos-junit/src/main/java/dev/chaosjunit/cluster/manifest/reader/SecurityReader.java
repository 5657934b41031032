// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.Capability;
import dev.chaosjunit.cluster.manifest.Security;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code securityContext} of a container and, where that is silent, of its pod. */
final class SecurityReader {
    private static final String CONTEXT = "securityContext";

    private final Findings findings;
    private final Optional<Field> pod;

    SecurityReader(PodContext pod) {
        this.findings = pod.findings();
        this.pod = pod.spec().at(CONTEXT);
    }

    Security read(Field container) {
        Optional<Field> own = container.at(CONTEXT);
        Optional<Long> user = integer(own, "runAsUser");
        boolean nonRoot =
                flag(own, "runAsNonRoot").or(() -> flag(pod, "runAsNonRoot")).orElse(false);
        if (nonRoot && user.filter(id -> id == 0).isPresent()) {
            findings.problem(container.place(), "runs as user 0, and runAsNonRoot forbids it");
        }
        Optional<Field> capabilities = own.flatMap(context -> context.at("capabilities"));
        capabilities.ifPresent(this::check);
        return new Security(
                user,
                integer(own, "runAsGroup"),
                groups(),
                pod.flatMap(context -> context.integer("fsGroup")),
                nonRoot,
                flag(own, "readOnlyRootFilesystem").orElse(false),
                names(capabilities, "add"),
                names(capabilities, "drop"),
                flag(own, "allowPrivilegeEscalation").orElse(true));
    }

    private void check(Field capabilities) {
        Stream.of("add", "drop")
                .forEach(list -> names(Optional.of(capabilities), list).stream()
                        .filter(name -> !Capability.exists(name))
                        .forEach(name ->
                                findings.problem(capabilities.place(), list + ": there is no capability " + name)));
        names(Optional.of(capabilities), "add").stream()
                .filter(name -> Capability.exists(name) && !Capability.isForPods(name))
                .forEach(name -> findings.problem(
                        capabilities.place(),
                        "add: " + name + " is about the machine, which pods of the local runtime only share"));
    }

    private Set<Long> groups() {
        Set<Long> groups = new LinkedHashSet<>();
        pod.ifPresent(context -> {
            context.list("supplementalGroups").stream()
                    .flatMap(group -> group.scalar().stream())
                    .flatMap(group -> group.integer().stream())
                    .forEach(groups::add);
            context.integer("fsGroup").ifPresent(groups::add);
        });
        return groups;
    }

    private Optional<Long> integer(Optional<Field> own, String name) {
        return own.flatMap(context -> context.integer(name)).or(() -> pod.flatMap(context -> context.integer(name)));
    }

    private static Optional<Boolean> flag(Optional<Field> context, String name) {
        return context.flatMap(field -> field.at(name)).flatMap(Field::scalar).map(Scalar::isTrue);
    }

    private static Set<String> names(Optional<Field> capabilities, String list) {
        Set<String> names = new LinkedHashSet<>();
        capabilities.ifPresent(field -> field.texts(list)
                .forEach(name -> names.add(name.startsWith("CAP_") ? name.substring("CAP_".length()) : name)));
        return names;
    }
}
