// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

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
}
