// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where fields and kinds of the same name were met. */
final class Places {
    private final Map<String, Set<String>> places = new LinkedHashMap<>();

    /** Add one, such as {@code spec.strategy} in {@code shop.yaml:12}. */
    void add(String name, String position) {
        places.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(position);
    }

    /** Such as {@code spec.strategy (shop.yaml:12, shop.yaml:48)}. */
    List<String> lines() {
        return places.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .toList();
    }
}
