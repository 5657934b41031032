// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One call with one message each way, the only one of its connection, over HTTP/2 without an upgrade. A library for gRPC
 * would be most of what users of this one download.
 */
final class GrpcCall {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int STREAM = 1;
    private static final int PREFIX = 5; // bytes: whether the message is compressed, and its length

    private final DataInputStream input;
    private final DataOutputStream output;
    private final ByteBuffer answer = ByteBuffer.allocate(1 << 16); // no more is sent before we ask for more

    GrpcCall(InputStream input, OutputStream output) {
        this.input = new DataInputStream(input);
        this.output = new DataOutputStream(new BufferedOutputStream(output));
    }

    /**
     * Send a message, and wait for the one that answers it.
     *
     * @throws IOException also when the call ends without one
     */
    byte[] unary(String authority, String method, byte[] message) throws IOException {
        output.write(PREFACE.getBytes(US_ASCII));
        new Http2Frame(Http2Frame.SETTINGS, 0, 0, NOTHING).write(output);
        new Http2Frame(Http2Frame.HEADERS, Http2Frame.END_HEADERS, STREAM, headers(authority, method)).write(output);
        ByteBuffer prefixed = ByteBuffer.allocate(PREFIX + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .flip();
        new Http2Frame(Http2Frame.DATA, Http2Frame.END_STREAM, STREAM, prefixed).write(output);
        output.flush();
        while (!isAnswered()) {
            take(Http2Frame.read(input));
        }
        byte[] payload = new byte[answer.getInt(1)];
        answer.flip().position(PREFIX).get(payload);
        return payload;
    }

    /** As literals that nobody need remember; each is shorter than 127 bytes. */
    private static ByteBuffer headers(String authority, String method) {
        ByteBuffer block = ByteBuffer.allocate(512);
        List.of(
                        List.of(":method", "POST"),
                        List.of(":scheme", "http"),
                        List.of(":path", method),
                        List.of(":authority", authority),
                        List.of("content-type", "application/grpc"),
                        List.of("te", "trailers"),
                        List.of("user-agent", "kube-probe/chaos-junit"))
                .forEach(header -> {
                    block.put((byte) 0);
                    header.forEach(text -> block.put((byte) text.length()).put(text.getBytes(US_ASCII)));
                });
        return block.flip();
    }

    private boolean isAnswered() throws IOException {
        int got = answer.position() - PREFIX;
        if (got >= 0 && (answer.getInt(1) < 0 || answer.getInt(1) > answer.capacity() - PREFIX)) {
            throw new IOException("an answer that is too long");
        }
        return got >= 0 && got >= answer.getInt(1);
    }

    private void take(Http2Frame frame) throws IOException {
        switch (frame.type()) {
            case Http2Frame.DATA -> takeData(frame);
            case Http2Frame.HEADERS -> requireMore(frame);
            case Http2Frame.SETTINGS -> acknowledge(frame, NOTHING);
            case Http2Frame.PING -> acknowledge(frame, frame.payload());
            case Http2Frame.RST_STREAM -> throw new IOException("it broke the call off");
            case Http2Frame.GOAWAY -> requireServed(frame);
            default -> {} // of no meaning to one call
        }
    }

    private void takeData(Http2Frame frame) throws IOException {
        ByteBuffer data = frame.payload();
        int padding = frame.has(Http2Frame.PADDED) && data.hasRemaining() ? data.get() & 0xff : 0;
        if (padding > data.remaining() || data.remaining() - padding > answer.remaining()) {
            throw new IOException("no HTTP/2 answer");
        }
        answer.put(data.limit(data.limit() - padding));
        requireMore(frame);
    }

    /** How it failed is in trailers, in a code of their own that only a whole HTTP/2 client reads. */
    private void requireMore(Http2Frame frame) throws IOException {
        if (frame.has(Http2Frame.END_STREAM) && !isAnswered()) {
            throw new IOException("an error: it may lack gRPC's health service, or that may not know this one");
        }
    }

    /** A server that is ending takes no more calls than those it names, and finishes these. */
    private static void requireServed(Http2Frame frame) throws IOException {
        if (frame.payload().remaining() < 4 || frame.payload().getInt() < STREAM) {
            throw new IOException("it takes no more calls");
        }
    }

    private void acknowledge(Http2Frame frame, ByteBuffer payload) throws IOException {
        if (!frame.has(Http2Frame.ACK)) {
            new Http2Frame(frame.type(), Http2Frame.ACK, 0, payload).write(output);
            output.flush();
        }
    }
}
