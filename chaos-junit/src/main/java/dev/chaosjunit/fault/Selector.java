// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Kubernetes label selector of equalities, all of which must hold.
 *
 * @param labels at least one
 * @param namespaces where the pods are; empty for anywhere
 */
public record Selector(Map<String, String> labels, Set<String> namespaces) {
    private static final Pattern TERM = Pattern.compile("\\s*([A-Za-z0-9./_-]+)\\s*==?\\s*([A-Za-z0-9._-]*)\\s*");

    public Selector {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a selector needs at least one label, such as \"app=user-api\"");
        }
        labels = Map.copyOf(labels);
        namespaces = Set.copyOf(namespaces);
    }

    /** Select by labels, wherever the pods are. */
    public Selector(Map<String, String> labels) {
        this(labels, Set.of());
    }

    /** The same, confined to namespaces, unless there are none. */
    public Selector in(Collection<String> wanted) {
        return new Selector(labels, Set.copyOf(wanted));
    }

    /**
     * Parse {@code "app=user-api,tier=web"}.
     *
     * @throws IllegalArgumentException when a term is no equality
     */
    public static Selector parse(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String term : text.split(",", -1)) {
            Matcher matcher = TERM.matcher(term);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no selector: expected label=value, such as \"app=user-api,tier=web\"");
            }
            labels.put(matcher.group(1), matcher.group(2));
        }
        return new Selector(labels);
    }

    /** Whether a pod with these labels in this namespace is meant. */
    public boolean matches(String namespace, Map<String, String> candidate) {
        return (namespaces.isEmpty() || namespaces.contains(namespace))
                && candidate.entrySet().containsAll(labels.entrySet());
    }

    /** Labels as a selector names them: {@code "app=user-api,tier=web"}. */
    public static String text(Map<String, String> labels) {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        String terms = text(labels);
        return namespaces.isEmpty() ? terms : terms + " in " + String.join(",", new TreeSet<>(namespaces));
    }
}
