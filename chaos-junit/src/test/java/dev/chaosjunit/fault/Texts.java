// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Elements by name; a refusal begins with the element's. */
record Texts(Map<String, List<String>> values) implements Source {
    /** Those that every fault has, on all pods of app=a, and its own. */
    static Texts onAll(String duration, Map<String, List<String>> own) {
        Map<String, List<String>> all = new HashMap<>(Map.of(
                "selector", List.of("app=a"),
                "namespaces", List.of(),
                "mode", List.of("ALL"),
                "value", List.of(""),
                "duration", List.of(duration)));
        all.putAll(own);
        return new Texts(all);
    }

    @Override
    public Set<String> elements() {
        return values.keySet();
    }

    @Override
    public List<String> texts(String element) {
        return Objects.requireNonNull(values.get(element));
    }

    @Override
    public RuntimeException refusal(String element, IllegalArgumentException why) {
        return new IllegalStateException(element + ": " + why.getMessage());
    }
}
