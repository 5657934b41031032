// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** The frames of a carrier, which {@code relay_carrier.h} describes, as they come and go without waiting. */
final class RelayFrames {
    static final byte OPEN = 1;
    static final byte DATA = 2;
    static final byte END = 3;
    static final byte RESET = 4;
    static final byte CREDIT = 5;

    /** How many bytes each side of a stream takes before it says that it wants more. */
    static final int WINDOW = 256 << 10;

    static final int MOST_DATA = 16_384;

    private static final int HEADER = 8;
    private static final int MOST_WAITING = 512 << 10;

    private final SocketChannel relay;
    private final ByteBuffer in = ByteBuffer.allocate(4 * (HEADER + MOST_DATA));
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private int waitingBytes;

    /** Gets each frame. */
    @FunctionalInterface
    interface Taker {
        void take(int stream, byte kind, ByteBuffer bytes) throws IOException;
    }

    RelayFrames(SocketChannel relay) {
        this.relay = relay;
    }

    /**
     * Take the frames that have come.
     *
     * @throws IOException at the end of the carrier
     */
    void receive(Taker taker) throws IOException {
        if (relay.read(in) < 0) {
            throw new EOFException("it ended");
        }
        in.flip();
        while (in.remaining() >= HEADER) {
            int size = Short.toUnsignedInt(in.getShort(in.position() + 6));
            if (in.remaining() < HEADER + size) {
                break;
            }
            int stream = in.getInt(in.position());
            byte kind = in.get(in.position() + 4);
            taker.take(stream, kind, in.slice(in.position() + HEADER, size));
            in.position(in.position() + HEADER + size);
        }
        in.compact();
    }

    /** Whether streams may add data: what the relay does not take is not read from callers. */
    boolean hasRoom() {
        return waitingBytes < MOST_WAITING;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    void send(int stream, byte kind, ByteBuffer bytes) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + bytes.remaining())
                .putInt(stream)
                .put(kind)
                .put((byte) 0)
                .putShort((short) bytes.remaining())
                .put(bytes)
                .flip();
        waiting.add(frame);
        waitingBytes += frame.remaining();
    }

    /** Send as much as goes now. */
    void flush() throws IOException {
        while (!waiting.isEmpty()) {
            ByteBuffer first = waiting.element();
            waitingBytes -= relay.write(first);
            if (first.hasRemaining()) {
                return;
            }
            waiting.remove();
        }
    }
}
