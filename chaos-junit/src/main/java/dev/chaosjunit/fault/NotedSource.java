// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A source that notes which of its elements are read. */
final class NotedSource implements Source {
    private final Source source;
    private final Set<String> unread;

    NotedSource(Source source) {
        this.source = source;
        this.unread = new TreeSet<>(source.elements());
    }

    Set<String> unread() {
        return unread;
    }

    @Override
    public Set<String> elements() {
        return source.elements();
    }

    @Override
    public List<String> texts(String element) {
        unread.remove(element);
        return source.texts(element);
    }

    @Override
    public RuntimeException refusal(String element, IllegalArgumentException why) {
        return source.refusal(element, why);
    }
}
