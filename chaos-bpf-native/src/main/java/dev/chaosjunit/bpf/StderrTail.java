// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;

/** The last words of a process: the end of its error output, read as it comes so that the process never blocks on it. */
final class StderrTail {

    private static final int KEPT_CHARS = 2000;
    private static final int LAST_MOMENT_MILLIS = 500;

    private final StringBuilder tail = new StringBuilder();
    private final Thread reader;

    StderrTail(InputStream stderr) {
        reader = new Thread(() -> drain(stderr), "chaos-agent-stderr");
        reader.setDaemon(true);
        reader.start();
    }

    /** Return what there is; call it when the process has ended. Another holder of the pipe cannot keep us waiting. */
    String text() {
        Uninterruptibly.join(reader, LAST_MOMENT_MILLIS);
        synchronized (tail) {
            return tail.toString().strip();
        }
    }

    private void drain(InputStream stderr) {
        char[] chunk = new char[512];
        try (Reader in = new InputStreamReader(stderr, UTF_8)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                append(chunk, n);
            }
        } catch (IOException e) {
            // the pipe was closed: what was read so far is all there is
        }
    }

    private void append(char[] chunk, int n) {
        synchronized (tail) {
            tail.append(chunk, 0, n);
            tail.delete(0, Math.max(0, tail.length() - KEPT_CHARS));
        }
    }
}
