// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which pods a resource is about: {@code mode}, {@code value} and {@code selector}. */
final class PodSelector {
    private PodSelector() {}

    /** Pods by label; Chaos Mesh chooses among them. */
    static Map<String, Object> of(Fault fault, RunPods pods) {
        Selection selection = fault.selection();
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("mode", selection.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        switch (selection.mode()) {
            case ONE, ALL -> {}
            case FIXED -> selector.put("value", selection.value());
            case FIXED_PERCENT, RANDOM_MAX_PERCENT -> selector.put("value", percent(fault));
        }
        selector.put("selector", labels(fault, "namespaces", selection.selector(), pods));
        return selector;
    }

    /** All pods with the labels of a target. */
    static Map<String, Object> all(Fault fault, Selector target, RunPods pods) {
        return Map.of("mode", "all", "selector", labels(fault, "target", target, pods));
    }

    /** These pods and no others: where this is given, Chaos Mesh ignores labels. */
    static Map<String, Object> named(List<String> names, RunPods pods) {
        return Map.of("mode", "all", "selector", Map.of("pods", Map.of(pods.namespace(), names)));
    }

    /** Of this run only: others may have the same labels, in its namespaces as well. */
    private static Map<String, Object> labels(Fault fault, String element, Selector selector, RunPods pods) {
        Map<String, String> labels = new TreeMap<>(selector.labels());
        labels.put(RunPods.LABEL, pods.run());
        return Map.of("namespaces", namespaces(fault, element, selector, pods), "labelSelectors", labels);
    }

    private static List<String> namespaces(Fault fault, String element, Selector selector, RunPods pods) {
        List<String> strange = selector.namespaces().stream()
                .filter(name -> !pods.namespaces().contains(name))
                .sorted()
                .toList();
        if (!strange.isEmpty()) {
            throw new InjectionException(
                    Cause.TEST,
                    "@" + fault.name() + "(" + element + "): no fault may go to namespace " + String.join(", ", strange)
                            + ", where this test has nothing: its manifests and chaos.namespaces name "
                            + String.join(", ", pods.namespaces()));
        }
        return selector.namespaces().isEmpty()
                ? pods.namespaces()
                : selector.namespaces().stream().sorted().toList();
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
