// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
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
        List<T> translated = annotations.stream()
                .flatMap(annotation -> mistakes.read(() -> translate.apply(annotation)).stream())
                .toList();
        mistakes.refuse();
        return translated;
    }

    /** Go on without this when it is refused. */
    <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ExtensionConfigurationException e) {
            first = first == null ? e : first;
            String.valueOf(e.getMessage()).lines().forEach(lines::add);
            return Optional.empty();
        }
    }

    /** Go on when this is refused. */
    void in(Runnable reading) {
        read(() -> {
            reading.run();
            return true;
        });
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
