// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.Collection;
import java.util.function.Consumer;
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
}
