// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.fault.Names;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a fault on names may have met no query: those that do not exist, and those that are asked for, or exist, instead. */
final class NearMisses {
    private static final int MOST = 8;

    private NearMisses() {}

    /** In words; empty where nothing is known. */
    static String describe(Names meant, NamedServices named, Reply attached, Reply stats) {
        List<String> before = names(stats, "asked_before");
        List<String> near = Stream.concat(names(stats, "names").stream(), before.stream())
                .filter(name -> isNear(meant, name))
                .distinct()
                .toList();
        List<String> others =
                named.others().stream().filter(name -> isNear(meant, name)).toList();
        return Stream.of(
                        hint("", OlderWitness.list(attached, "nonexistent"), " does not exist for the pod's resolver"),
                        near.isEmpty()
                                ? hint("before the fault it asked for ", before, "")
                                : hint("it asked for ", near, " instead"),
                        hint("the manifests have a Service ", others, ""))
                .filter(hint -> !hint.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String hint(String before, List<String> names, String after) {
        return names.isEmpty() ? "" : before + names.stream().limit(MOST).collect(Collectors.joining(", ")) + after;
    }

    /** {@code NAME/QTYPE:count}, without the types. */
    private static List<String> names(Reply stats, String key) {
        return stats.counts(key).keySet().stream()
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .distinct()
                .toList();
    }

    /** The same host in another domain, but not what a search list makes of a pattern. */
    private static boolean isNear(Names meant, String name) {
        return !meant.means(name)
                && meant.patterns().stream()
                        .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                        .anyMatch(pattern -> host(pattern).equals(host(name)) && !name.startsWith(pattern + "."));
    }

    private static String host(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
