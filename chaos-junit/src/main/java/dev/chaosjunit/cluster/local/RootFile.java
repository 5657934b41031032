// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A file that a pod sees in the root of its own.
 *
 * @param source where it is on this machine
 * @param target where the pod sees it, absolute
 */
record RootFile(Kind kind, Path source, String target) {

    /** By the agent's words, in lower case. */
    enum Kind {
        /** The file or directory itself, read-only. */
        BIND,
        /** The directory itself, which the pod may write to. */
        SHARE,
        /** A copy, which the pod may change. */
        COPY
    }

    static RootFile bind(Path source, String target) {
        return new RootFile(Kind.BIND, source, target);
    }

    static RootFile copy(Path source, String target) {
        return new RootFile(Kind.COPY, source, target);
    }

    static RootFile share(Path source, String target) {
        return new RootFile(Kind.SHARE, source, target);
    }

    /** As the agent reads it. */
    Stream<String> words() {
        return Stream.of(kind.name().toLowerCase(Locale.ROOT), source.toString(), target);
    }
}
