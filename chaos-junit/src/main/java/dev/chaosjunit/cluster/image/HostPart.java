// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an image has that is this machine's: the program and the libraries that it finds there.
 *
 * @param program where it is
 * @param prepare for a shell, once in a pod before the program; may be empty
 * @param user who runs both; absent: who runs the test
 * @param version as the program itself says it, one line
 */
public record HostPart(Path program, String prepare, Optional<User> user, String version) {

    /** By numbers. */
    public record User(int uid, int gid) {}
}
