// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import org.jspecify.annotations.Nullable;

/** Checks that ports of containers, Services and probes share. */
final class Ports {

    private Ports() {}

    static int number(Document document, String path, @Nullable Integer port) {
        if (port == null) {
            throw document.refuse(path, "is missing");
        }
        if (port < 1 || port > 65535) {
            throw document.refuse(path, "must be 1 to 65535, not " + port);
        }
        return port;
    }

    static void tcp(Document document, String path, @Nullable String protocol) {
        if (protocol != null && !"TCP".equals(protocol)) {
            throw document.unsupported(path + " " + protocol + " (other than TCP)");
        }
    }
}
