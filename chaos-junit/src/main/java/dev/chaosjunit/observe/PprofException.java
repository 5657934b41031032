// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

/** A pod's pprof endpoint did not answer as expected; the message names the pod, the URL, the cause and what to do. */
public final class PprofException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PprofException(String message) {
        super(message);
    }

    PprofException(String message, Throwable cause) {
        super(message, cause);
    }
}
