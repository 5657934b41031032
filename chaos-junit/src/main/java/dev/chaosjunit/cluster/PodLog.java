// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a pod printed: all of it in a file, the last lines in memory, also after the pod ended. */
public final class PodLog implements AutoCloseable {

    private static final int KEPT_LINES = 2000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final BufferedWriter file;

    public PodLog(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = Files.newBufferedWriter(path, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log " + path, e);
        }
    }

    public synchronized void append(String line) {
        if (lines.size() == KEPT_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        try {
            file.write(line + "\n");
            file.flush();
        } catch (IOException e) {
            // the disk is full or the log was closed; the lines in memory are what is shown
        }
    }

    public synchronized List<String> last(int count) {
        return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            // as above
        }
    }
}
