// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The input of an agent, written on a thread of its own: a connection that takes nothing any more keeps neither a
 * request nor a close waiting.
 */
final class AgentInput {

    /** Queued behind the last line. No line holds a line end. */
    private static final String END = "\n";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    AgentInput(OutputStream stdin) {
        Thread writer = new Thread(() -> write(stdin), "chaos-agent-stdin");
        writer.setDaemon(true);
        writer.start();
    }

    /** Send a line. That nobody takes it is found out by the missing reply. */
    void send(String line) {
        lines.add(line);
    }

    /** End the input behind what was sent. Idempotent. */
    void close() {
        lines.add(END);
    }

    private void write(OutputStream stdin) {
        try (stdin) {
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                stdin.write((line + "\n").getBytes(US_ASCII));
                stdin.flush();
            }
        } catch (IOException e) {
            // a process that is gone needs no end of input
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
