// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** A mistake of whoever wrote the test. */
final class Misuse {
    private Misuse() {}

    /** Say it as it was found, by what knows no JUnit. */
    static ExtensionConfigurationException of(RuntimeException found) {
        return of(String.valueOf(found.getMessage()), found);
    }

    /** Say where it is. What was found is no cause of this, whose message would be printed a second time, but it shows where. */
    static ExtensionConfigurationException of(String message, RuntimeException found) {
        ExtensionConfigurationException misuse = new ExtensionConfigurationException(message);
        misuse.setStackTrace(found.getStackTrace());
        return misuse;
    }
}
