// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the user leaves out knowingly: the name of a field, its path or the end of it, or a kind. */
final class Ignored {
    private final List<String> names;
    private final Set<String> met = new LinkedHashSet<>();

    Ignored(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    /** The name under which a kind is left out. */
    Optional<String> kind(String kind) {
        return meet(names.stream().filter(kind::equals).findFirst());
    }

    /** The name under which a field is left out. */
    Optional<String> field(Place place) {
        String path = "." + place.pattern();
        return place.path().endsWith("]")
                ? Optional.empty()
                : meet(names.stream()
                        .filter(name -> path.endsWith("." + name.replace("[]", "")))
                        .findFirst());
    }

    /** Refuse names that nothing was left out by. */
    void requireMet(Findings findings) {
        names.stream()
                .filter(name -> !met.contains(name))
                .forEach(name -> findings.problem(
                        "", 0, "@ChaosTest(ignore = \"" + name + "\") names no field and no kind of these manifests"));
    }

    private Optional<String> meet(Optional<String> name) {
        name.ifPresent(met::add);
        return name;
    }
}
