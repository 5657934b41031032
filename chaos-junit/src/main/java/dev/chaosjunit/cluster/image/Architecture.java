// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

/** Names of processor architectures, as Go and Kubernetes have them. */
public final class Architecture {
    private Architecture() {}

    /** That of this machine. */
    public static String ofThisMachine() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> name;
        };
    }
}
