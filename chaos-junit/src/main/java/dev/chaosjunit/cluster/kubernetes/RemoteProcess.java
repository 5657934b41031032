// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Poll;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/**
 * A process somewhere else, as one of this JVM: its input ends when this JVM does, however that happens, for then the
 * connection to it ends. That cannot be closed one way only, so its input is closed by cutting it.
 */
public abstract class RemoteProcess extends Process {
    /** What the end of a process is called that nobody can tell any more. */
    protected static final int UNKNOWN = -1;

    private final CountDownLatch disconnected;
    private final Duration look;
    private final OutputStream stdin;

    /**
     * Take one that runs.
     *
     * @param stdin leads to its input
     * @param disconnected opened when the connection has ended
     * @param look how long between two looks whether a process without connection has ended
     */
    protected RemoteProcess(OutputStream stdin, CountDownLatch disconnected, Duration look) {
        this.disconnected = disconnected;
        this.look = look;
        this.stdin = new FilterOutputStream(stdin) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                super.close();
                destroy();
            }
        };
    }

    /** Its exit code, or {@link #UNKNOWN}; empty while it runs. */
    protected abstract OptionalInt ended();

    @Override
    public OutputStream getOutputStream() {
        return stdin;
    }

    @Override
    public int waitFor() throws InterruptedException {
        disconnected.await();
        return Poll.every(look).until(OptionalInt::isPresent, this::ended).orElseThrow();
    }

    @Override
    public int exitValue() {
        if (disconnected.getCount() > 0) {
            throw new IllegalThreadStateException("it still runs");
        }
        return ended().orElse(UNKNOWN);
    }
}
