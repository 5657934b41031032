// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.Poll;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The main process of a pod's one container, as a process of this JVM: its input ends when this JVM does, however that
 * happens, for then the connection to the API server ends, and the kubelet closes an input that is read once.
 */
final class AttachProcess extends Process {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final PodResource pod;
    private final CountDownLatch disconnected = new CountDownLatch(1);
    private final ExecWatch connection;
    private final OutputStream stdin;

    /**
     * Attach to a pod that runs.
     *
     * @throws KubernetesClientException when the API server does not let us
     */
    AttachProcess(PodResource pod) {
        this.pod = pod;
        this.connection = pod.redirectingInput()
                .redirectingOutput()
                .redirectingError()
                .usingListener(new End())
                .attach();
        this.stdin = new FilterOutputStream(connection.getInput()) {
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

    @Override
    public OutputStream getOutputStream() {
        return stdin;
    }

    @Override
    public InputStream getInputStream() {
        return connection.getOutput();
    }

    @Override
    public InputStream getErrorStream() {
        return connection.getError();
    }

    @Override
    public int waitFor() throws InterruptedException {
        disconnected.await();
        var unused = Poll.every(LOOK).until(ended -> ended, this::hasEnded);
        return exitValue();
    }

    private boolean hasEnded() {
        try {
            Pod now = pod.get();
            return now == null || terminated(now).isPresent();
        } catch (KubernetesClientException e) {
            return true; // nobody can tell any more
        }
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getTerminated() != null)
                .map(status -> status.getState().getTerminated())
                .findFirst();
    }

    @Override
    public int exitValue() {
        if (disconnected.getCount() > 0) {
            throw new IllegalThreadStateException("it still runs");
        }
        try {
            return Optional.ofNullable(pod.get())
                    .flatMap(AttachProcess::terminated)
                    .map(ContainerStateTerminated::getExitCode)
                    .orElse(-1);
        } catch (KubernetesClientException e) {
            return -1;
        }
    }

    /** Cut the connection: this protocol cannot close one way only, and its end is the end of the process's input. */
    @Override
    public void destroy() {
        connection.close();
        disconnected.countDown();
    }

    private final class End implements ExecListener {
        @Override
        public void onClose(int code, String reason) {
            disconnected.countDown();
        }

        @Override
        public void onFailure(Throwable failure, Response response) {
            disconnected.countDown();
        }
    }
}
