// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.InputStream;

/**
 * The bytes of the wrapper that a node's containerd runs in place of runc, so that a container gets a listener. Like the
 * agent it is static and needs no other file.
 */
public final class RuncProgram {

    private RuncProgram() {}

    /**
     * Open the executable for an architecture.
     *
     * @param arch {@code amd64} or {@code arm64}
     * @throws HelperException with code {@link HelperException#NOT_STARTED} if there is none
     */
    public static InputStream open(String arch) throws HelperException {
        String resource = "/" + AgentProgram.platform(arch) + "/chaos-runc";
        InputStream in = RuncProgram.class.getResourceAsStream(resource);
        if (in == null) {
            throw HelperException.of(
                    HelperException.NOT_STARTED,
                    "chaos-bpf-native holds no " + resource + ": it must have been built (maven: without -DskipNative)",
                    null);
        }
        return in;
    }
}
