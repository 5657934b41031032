// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static dev.chaosjunit.cluster.kubernetes.RelayFrames.CREDIT;
import static dev.chaosjunit.cluster.kubernetes.RelayFrames.DATA;
import static dev.chaosjunit.cluster.kubernetes.RelayFrames.END;
import static dev.chaosjunit.cluster.kubernetes.RelayFrames.MOST_DATA;
import static dev.chaosjunit.cluster.kubernetes.RelayFrames.RESET;
import static dev.chaosjunit.cluster.kubernetes.RelayFrames.WINDOW;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** A caller's connection, and its stream to a relay: bytes, ends, resets and patience go through both ways. */
final class RelayStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int number;
    private final SocketChannel caller;
    private final RelayFrames frames;
    private final SelectionKey key;
    private final Deque<ByteBuffer> toCaller = new ArrayDeque<>();
    private int window = WINDOW;
    private int consumed;
    private boolean callerEnded;
    private boolean relayEnded;
    private boolean callerTold;

    RelayStream(int number, SocketChannel caller, RelayFrames frames, Selector selector) throws IOException {
        this.number = number;
        this.caller = caller;
        this.frames = frames;
        caller.configureBlocking(false);
        caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.key = caller.register(selector, SelectionKey.OP_READ, this);
    }

    int number() {
        return number;
    }

    /** What the caller may do now. A caller that breaks off is a reset for the relay, and this is over. */
    void serve() {
        try {
            if (key.isValid() && key.isReadable()) {
                read();
            }
            write();
        } catch (IOException e) {
            frames.send(number, RESET, NOTHING);
            close();
        }
    }

    private void read() throws IOException {
        if (callerEnded || window == 0 || !frames.hasRoom()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(MOST_DATA, window));
        int size = caller.read(bytes);
        callerEnded = size < 0;
        if (size != 0) {
            window -= Math.max(size, 0);
            frames.send(number, callerEnded ? END : DATA, bytes.flip());
        }
    }

    private void write() throws IOException {
        while (!toCaller.isEmpty()) {
            ByteBuffer first = toCaller.element();
            consumed += caller.write(first);
            if (first.hasRemaining()) {
                break;
            }
            toCaller.remove();
        }
        if (consumed >= WINDOW / 4 && !relayEnded) {
            frames.send(number, CREDIT, ByteBuffer.allocate(4).putInt(consumed).flip());
            consumed = 0;
        }
        if (relayEnded && toCaller.isEmpty() && !callerTold) {
            caller.shutdownOutput();
            callerTold = true;
        }
    }

    /** A frame of the relay's, but a reset. */
    void take(byte kind, ByteBuffer bytes) {
        switch (kind) {
            case DATA -> toCaller.add(
                    ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
            case END -> relayEnded = true;
            case CREDIT -> window += bytes.getInt();
            default -> throw new IllegalStateException("a relay sent a frame of kind " + kind);
        }
    }

    /** Wait for what can be done now; false when both have ended, and this is over. */
    boolean goesOn() {
        if (!key.isValid() || (callerEnded && callerTold)) {
            close();
            return false;
        }
        int reading = callerEnded || window == 0 || !frames.hasRoom() ? 0 : SelectionKey.OP_READ;
        key.interestOps(reading | (toCaller.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        return true;
    }

    /** The relay has failed: an end would be taken for a short answer. */
    void reset() {
        try {
            caller.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // it is closed
        }
        close();
    }

    private void close() {
        try {
            caller.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
