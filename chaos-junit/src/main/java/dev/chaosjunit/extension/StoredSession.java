// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.session.Session;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * A session that is closed with its class, by its Store: JUnit before 5.13 closes nothing there but a CloseableResource,
 * later ones that or what is AutoCloseable, once.
 */
record StoredSession(Session session) implements AutoCloseable, CloseableResource {

    @Override
    public void close() {
        session.close();
    }
}
