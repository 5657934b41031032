// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.chaosjunit.cluster.Poll;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A command inside a container, as a process of this JVM: its input ends when this JVM does, however that happens, for
 * then the connection to the engine ends.
 */
final class ExecProcess extends Process {
    private static final int PIPE_BYTES = 1 << 20;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final DockerClient docker;
    private final String exec;
    private final LineInput input = new LineInput();
    private final OutputStream stdin = new FilterOutputStream(input.writer()) {
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
    private final PipedOutputStream stdoutPipe = new PipedOutputStream();
    private final PipedOutputStream stderrPipe = new PipedOutputStream();
    private final PipedInputStream stdout;
    private final PipedInputStream stderr;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ResultCallback<Frame> frames;

    private ExecProcess(DockerClient docker, String exec) throws IOException {
        this.docker = docker;
        this.exec = exec;
        this.stdout = new PipedInputStream(stdoutPipe, PIPE_BYTES);
        this.stderr = new PipedInputStream(stderrPipe, PIPE_BYTES);
        this.frames = docker.execStartCmd(exec).withStdIn(input).exec(new Frames());
    }

    /**
     * Start a command.
     *
     * @throws IOException when the engine does not
     */
    static ExecProcess start(DockerClient docker, String container, String... command) throws IOException {
        try {
            String exec = docker.execCreateCmd(container)
                    .withAttachStdin(true)
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .withCmd(command)
                    .exec()
                    .getId();
            return new ExecProcess(docker, exec);
        } catch (DockerException e) {
            throw new IOException(
                    "the Docker Engine does not run " + command[0] + " in container " + container + ": "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return stdin;
    }

    @Override
    public InputStream getInputStream() {
        return stdout;
    }

    @Override
    public InputStream getErrorStream() {
        return stderr;
    }

    @Override
    public int waitFor() throws InterruptedException {
        ended.await();
        var unused = Poll.every(LOOK).until(running -> !running, this::isRunning);
        return exitValue();
    }

    private boolean isRunning() {
        try {
            return Boolean.TRUE.equals(docker.inspectExecCmd(exec).exec().isRunning());
        } catch (DockerException e) {
            return false; // the container is gone
        }
    }

    @Override
    public int exitValue() {
        if (ended.getCount() > 0) {
            throw new IllegalThreadStateException("it still runs");
        }
        try {
            Long code = docker.inspectExecCmd(exec).exec().getExitCodeLong();
            return code == null ? -1 : code.intValue();
        } catch (DockerException e) {
            return -1; // the container is gone, and its exit codes with it
        }
    }

    /**
     * Cut the connection: it cannot be closed one way only, and its end is the end of the command's input. What the
     * command prints from then on is lost.
     */
    @Override
    public void destroy() {
        try {
            frames.close();
        } catch (IOException e) {
            // it is closed already
        }
    }

    private final class Frames extends ResultCallback.Adapter<Frame> {
        @Override
        public void onNext(Frame frame) {
            try {
                PipedOutputStream target = frame.getStreamType() == StreamType.STDERR ? stderrPipe : stdoutPipe;
                target.write(frame.getPayload());
                target.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onComplete() {
            super.onComplete();
            end();
        }

        @Override
        public void onError(Throwable failure) {
            super.onError(failure);
            end();
        }

        private void end() {
            try (stdoutPipe;
                    stderrPipe) {
                ended.countDown();
            } catch (IOException e) {
                // nobody reads any more
            }
        }
    }
}
