// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A connection that gave one line of output and then died without saying so: nothing on it ever ends or is taken. */
final class RemoteProcess extends Process {

    private final CountDownLatch never = new CountDownLatch(1);
    private final InputStream output;
    final CountDownLatch destroyed = new CountDownLatch(1);

    RemoteProcess(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        output = new InputStream() {
            private int position;

            @Override
            public int read() {
                return position < bytes.length ? bytes[position++] : blockForever();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }
        };
    }

    private int blockForever() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return -1;
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                blockForever();
            }

            @Override
            public void close() {
                blockForever();
            }
        };
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return blockForever();
    }

    @Override
    public int exitValue() {
        throw new IllegalThreadStateException("still running, as far as anyone knows");
    }

    @Override
    public void destroy() {
        destroyed.countDown();
        blockForever();
    }
}
