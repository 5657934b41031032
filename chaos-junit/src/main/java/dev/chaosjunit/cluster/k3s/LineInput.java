// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The near end of a remote process's standard input: what any thread writes, a transport reads. Unlike the JDK's piped
 * streams it does not mind when a thread that wrote has ended.
 */
final class LineInput extends InputStream {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> chunks = new LinkedBlockingQueue<>();
    private byte[] chunk = END;
    private int next;
    private boolean ended;

    /** Where to write; closing it is the end of the input. */
    OutputStream writer() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                chunks.add(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (length > 0) {
                    byte[] copy = new byte[length];
                    System.arraycopy(bytes, offset, copy, 0, length);
                    chunks.add(copy);
                }
            }

            @Override
            public void close() {
                chunks.add(END);
            }
        };
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (next == chunk.length && !ended) {
            take();
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, chunk.length - next);
        System.arraycopy(chunk, next, target, offset, count);
        next += count;
        return count;
    }

    private void take() {
        try {
            chunk = chunks.take();
            next = 0;
            ended = chunk.length == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
        }
    }
}
