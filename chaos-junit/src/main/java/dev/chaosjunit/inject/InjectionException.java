// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A fault cannot be injected as asked; nothing was injected, or what was is lifted again. */
public final class InjectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to change something. */
    public enum Cause {
        /** The test: no such pod, or faults that cannot combine. */
        TEST,
        /** This machine: its kernel or its permissions lack what the fault needs. */
        MACHINE,
        /** Something failed on the way. */
        FAILURE
    }

    private final Cause reason;

    public InjectionException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public InjectionException(Cause reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Who has to change something. */
    public Cause reason() {
        return reason;
    }

    /** Do something to all, even where it fails for one; that one's failure is thrown in the end, with those of others. */
    public static <T> void forAll(Collection<T> all, Consumer<T> action) {
        InjectionException failure = null;
        for (T one : all) {
            try {
                action.accept(one);
            } catch (InjectionException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Make something of each, or undo what was made where it fails for one, whose failure is thrown with those of that. */
    static <T, R> List<R> allOrNone(List<T> wanted, Function<T, R> make, Consumer<R> undo) {
        List<R> made = new ArrayList<>();
        try {
            wanted.forEach(one -> made.add(make.apply(one)));
        } catch (RuntimeException e) {
            undo(made, undo, e);
            throw e;
        }
        return List.copyOf(made);
    }

    /** Undo what was made before a failure, which it adds to. */
    static <T> void undo(Collection<T> made, Consumer<T> undo, RuntimeException failure) {
        try {
            forAll(made, undo);
        } catch (InjectionException more) {
            failure.addSuppressed(more);
        }
    }
}
