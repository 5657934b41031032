// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What HTTP/2 is made of. */
record Http2Frame(int type, int flags, int stream, ByteBuffer payload) {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    /** Bytes of a payload, as nobody has agreed on more. */
    private static final int MOST = 1 << 14;

    /** Whether it has a flag. */
    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    static Http2Frame read(DataInputStream input) throws IOException {
        try {
            int length = (input.readUnsignedByte() << 16) | input.readUnsignedShort();
            int type = input.readUnsignedByte();
            int flags = input.readUnsignedByte();
            int stream = input.readInt() & Integer.MAX_VALUE;
            if (length > MOST) {
                throw new IOException("no HTTP/2 answer");
            }
            byte[] payload = new byte[length];
            input.readFully(payload);
            return new Http2Frame(type, flags, stream, ByteBuffer.wrap(payload));
        } catch (EOFException e) {
            throw new IOException("closed without an answer", e);
        }
    }

    void write(DataOutputStream output) throws IOException {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        output.writeByte(bytes.length >> 16);
        output.writeShort(bytes.length);
        output.writeByte(type);
        output.writeByte(flags);
        output.writeInt(stream);
        output.write(bytes);
    }
}
