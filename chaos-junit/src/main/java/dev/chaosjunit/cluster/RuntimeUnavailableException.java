// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/** This machine lacks what a runtime needs (privileges, tools, kernel features); the message lists every attempt. */
public final class RuntimeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RuntimeUnavailableException(String message) {
        super(message);
    }
}
