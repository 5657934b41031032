// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Kubernetes label selector of equalities, all of which must hold.
 *
 * @param labels at least one
 */
public record Selector(Map<String, String> labels) {
    private static final Pattern TERM = Pattern.compile("\\s*([A-Za-z0-9./_-]+)\\s*==?\\s*([A-Za-z0-9._-]*)\\s*");

    public Selector {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a selector needs at least one label, such as \"app=user-api\"");
        }
        labels = Map.copyOf(labels);
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

    /** Whether all labels of this selector are among these. */
    public boolean matches(Map<String, String> candidate) {
        return candidate.entrySet().containsAll(labels.entrySet());
    }

    @Override
    public String toString() {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
