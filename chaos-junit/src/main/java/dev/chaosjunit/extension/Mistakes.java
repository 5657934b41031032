// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What is wrong with annotations, gathered: whoever made several mistakes reads of all of them at once. */
final class Mistakes {
    private final Set<String> lines = new LinkedHashSet<>();
    private @Nullable ExtensionConfigurationException first;

    /** Translate each, whatever is wrong with others. */
    static <A, T> List<T> each(Collection<A> annotations, Function<A, T> translate) {
        Mistakes mistakes = new Mistakes();
        List<T> translated = new ArrayList<>();
        for (A annotation : annotations) {
            mistakes.in(() -> translated.add(translate.apply(annotation)));
        }
        mistakes.refuse();
        return translated;
    }

    /** Go on when this is refused. */
    void in(Runnable reading) {
        try {
            reading.run();
        } catch (ExtensionConfigurationException e) {
            first = first == null ? e : first;
            String.valueOf(e.getMessage()).lines().forEach(lines::add);
        }
    }

    /** What no annotation alone can tell. */
    void add(List<String> more) {
        lines.addAll(more);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Say all of it, a line each. */
    void refuse() {
        refuse("");
    }

    /**
     * Say all of it below a heading that counts.
     *
     * @param where whose mistakes they are; empty for no heading
     */
    void refuse(String where) {
        if (lines.isEmpty()) {
            return;
        }
        String heading = lines.size() == 1 || where.isEmpty() ? "" : lines.size() + " mistakes in " + where + ":";
        String message = String.join(
                "\n",
                Stream.concat(Stream.of(heading), lines.stream())
                        .filter(line -> !line.isEmpty())
                        .toList());
        ExtensionConfigurationException all = new ExtensionConfigurationException(message);
        if (first != null) {
            all.setStackTrace(first.getStackTrace());
        }
        throw all;
    }
}
