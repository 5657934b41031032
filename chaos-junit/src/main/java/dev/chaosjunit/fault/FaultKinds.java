// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The kinds of faults that there are.
 *
 * @param all in the order in which their faults are injected; no two of one name
 */
public record FaultKinds(List<FaultKind> all) {

    public FaultKinds {
        all = List.copyOf(all);
        for (FaultKind kind : all) {
            FaultKind first = all.stream()
                    .filter(other -> other.name().equals(kind.name()))
                    .findFirst()
                    .orElse(kind);
            if (first != kind) {
                throw new IllegalArgumentException("two kinds of fault are named " + kind.name() + ": "
                        + first.getClass().getName() + " and " + kind.getClass().getName());
            }
        }
    }

    /**
     * Those that a class loader knows.
     *
     * @throws IllegalArgumentException where two have one name
     */
    public static FaultKinds found(ClassLoader loader) {
        return new FaultKinds(ServiceLoader.load(FaultKind.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** Whether there is one of a name. */
    public boolean has(String name) {
        return all.stream().anyMatch(kind -> kind.name().equals(name));
    }

    /** What to say where there is none of a name. */
    public IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no kind of fault named " + name + ": a class with that name()"
                + " belongs into META-INF/services/" + FaultKind.class.getName() + ", where there are "
                + all.stream().map(FaultKind::name).collect(Collectors.joining(", ")));
    }

    /**
     * Read a fault, and refuse one that does less, or hits more, than was asked for.
     *
     * @throws RuntimeException as the source makes it
     */
    public Fault read(FaultKind kind, Source source) {
        NotedSource noted = new NotedSource(source);
        Fault fault = kind.read(noted);
        noted.unread().stream().findFirst().ifPresent(element -> {
            throw source.refusal(
                    element,
                    new IllegalArgumentException("the kind of fault does not read it, so it would do nothing"));
        });
        if (!fault.name().equals(kind.name())) {
            throw source.refusal(
                    "",
                    new IllegalArgumentException(
                            "the kind's name is " + kind.name() + ", but its fault's is " + fault.name()));
        }
        if (source.elements().contains(Traffic.TARGET) && !fault.traffic().equals(Optional.of(Traffic.read(source)))) {
            throw source.refusal(
                    Traffic.TARGET,
                    new IllegalArgumentException("the fault would hit everyone: its traffic() is not what "
                            + kind.name() + " was asked for"));
        }
        return fault;
    }
}
