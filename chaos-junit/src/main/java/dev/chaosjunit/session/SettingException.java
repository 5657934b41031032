// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

/** A configuration parameter has no legal value, or one that cannot go with the rest; the message names it. */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingException(String message) {
        super(message);
    }

    SettingException(String message, Throwable cause) {
        super(message, cause);
    }
}
