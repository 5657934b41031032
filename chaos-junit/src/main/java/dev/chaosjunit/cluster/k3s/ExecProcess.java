// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.chaosjunit.cluster.kubernetes.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/** A command inside a container; its connection is the Docker Engine's. */
final class ExecProcess extends RemoteProcess {
    private static final int PIPE_BYTES = 1 << 20;
    private static final Duration LOOK = Duration.ofMillis(20);

    private final DockerClient docker;
    private final String exec;
    private final PipedOutputStream stdoutPipe = new PipedOutputStream();
    private final PipedOutputStream stderrPipe = new PipedOutputStream();
    private final PipedInputStream stdout;
    private final PipedInputStream stderr;
    private final CountDownLatch disconnected;
    private final ResultCallback<Frame> frames;

    private ExecProcess(DockerClient docker, String exec, LineInput input, CountDownLatch disconnected)
            throws IOException {
        super(input.writer(), disconnected, LOOK);
        this.disconnected = disconnected;
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
            return new ExecProcess(docker, exec, new LineInput(), new CountDownLatch(1));
        } catch (DockerException e) {
            throw new IOException(
                    "the Docker Engine does not run " + command[0] + " in container " + container + ": "
                            + e.getMessage(),
                    e);
        }
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
    protected OptionalInt ended() {
        try {
            InspectExecResponse now = docker.inspectExecCmd(exec).exec();
            if (Boolean.TRUE.equals(now.isRunning())) {
                return OptionalInt.empty();
            }
            Long code = now.getExitCodeLong();
            return OptionalInt.of(code == null ? UNKNOWN : code.intValue());
        } catch (DockerException e) {
            return OptionalInt.of(UNKNOWN); // the container is gone, and its exit codes with it
        }
    }

    /** What the command prints from now on is lost. */
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
                disconnected.countDown();
            } catch (IOException e) {
                // nobody reads any more
            }
        }
    }
}
