// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Elements by name; a refusal begins with the element's. */
record Texts(Map<String, List<String>> values) implements Source {
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
