// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.List;

/**
 * An image of the manifests for which the local runtime takes a program of this machine.
 *
 * @param name the image's name in the manifests
 * @param command the program and its first arguments, in which {@code $(NAME)} is a variable of the container
 * @param prepare for a shell, once in a pod before its program; may be empty
 * @param user who runs both, by name; empty: who runs the test
 * @param packages Debian packages that have the program, for who lacks it
 */
public record HostProgramSpec(String name, List<String> command, String prepare, String user, List<String> packages)
        implements ImageSpec {

    public HostProgramSpec {
        command = List.copyOf(command);
        packages = List.copyOf(packages);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException(
                    "command must name a program, such as {\"postgres\", \"-D\", \"$(PGDATA)\"}");
        }
    }
}
