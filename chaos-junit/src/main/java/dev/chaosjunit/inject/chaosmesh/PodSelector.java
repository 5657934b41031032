// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which pods a resource is about: {@code mode}, {@code value} and {@code selector}. */
final class PodSelector {
    private PodSelector() {}

    /** Pods by label; Chaos Mesh chooses among them. */
    static Map<String, Object> of(Fault fault, String namespace) {
        Selection selection = fault.selection();
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("mode", selection.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        switch (selection.mode()) {
            case ONE, ALL -> {}
            case FIXED -> selector.put("value", selection.value());
            case FIXED_PERCENT, RANDOM_MAX_PERCENT -> selector.put("value", percent(fault));
        }
        selector.put("selector", labels(selection.selector(), namespace));
        return selector;
    }

    /** All pods with these labels. */
    static Map<String, Object> all(Selector selector, String namespace) {
        return Map.of("mode", "all", "selector", labels(selector, namespace));
    }

    /** These pods and no others: where this is given, Chaos Mesh ignores labels. */
    static Map<String, Object> named(List<String> pods, String namespace) {
        return Map.of("mode", "all", "selector", Map.of("pods", Map.of(namespace, pods)));
    }

    private static List<String> namespaces(Selector selector, String otherwise) {
        return selector.namespaces().isEmpty()
                ? List.of(otherwise)
                : selector.namespaces().stream().sorted().toList();
    }

    private static Map<String, Object> labels(Selector selector, String namespace) {
        return Map.of(
                "namespaces", namespaces(selector, namespace), "labelSelectors", new TreeMap<>(selector.labels()));
    }

    private static String percent(Fault fault) {
        String value = fault.selection().value();
        String number = value.replace("%", "");
        if (!number.matches("[1-9][0-9]{0,2}")) {
            throw Unsupported.element(fault, "value", value, "percentages of pods are whole numbers there, 1 to 100");
        }
        return number;
    }
}
