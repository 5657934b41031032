// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Whoever builds into a directory does so alone: other threads and other JVMs wait. */
final class BuildTurn {
    private static final Object ONE_AT_A_TIME = new Object();

    private BuildTurn() {}

    /** What is done alone. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws IOException;
    }

    /**
     * Do something alone; a file lock keeps other JVMs out, but not our own threads.
     *
     * @param what waits meanwhile, for who watches
     */
    static <T> T of(Path directory, String what, Work<T> work) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel file = FileChannel.open(directory.resolve(".lock"), CREATE, WRITE)) {
                if (file.tryLock() == null) {
                    Progress.wait(what + ": another JVM builds in " + directory + ", its turn is awaited", file::lock);
                }
                return work.done();
            }
        }
    }
}
