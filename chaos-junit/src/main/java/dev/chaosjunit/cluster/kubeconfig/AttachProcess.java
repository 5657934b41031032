// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.kubernetes.RemoteProcess;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The main process of a pod's one container, over the API server; the kubelet closes an input that is read once. */
final class AttachProcess extends RemoteProcess {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final PodResource pod;
    private final CountDownLatch disconnected;
    private final ExecWatch connection;

    private AttachProcess(PodResource pod, ExecWatch connection, CountDownLatch disconnected) {
        super(connection.getInput(), disconnected, LOOK);
        this.pod = pod;
        this.disconnected = disconnected;
        this.connection = connection;
    }

    /**
     * Attach to a pod that runs.
     *
     * @throws KubernetesClientException when the API server does not let us
     */
    static AttachProcess start(PodResource pod) {
        CountDownLatch disconnected = new CountDownLatch(1);
        ExecWatch connection = pod.redirectingInput()
                .redirectingOutput()
                .redirectingError()
                .usingListener(new End(disconnected))
                .attach();
        return new AttachProcess(pod, connection, disconnected);
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
    protected OptionalInt ended() {
        try {
            Pod now = pod.get();
            return now == null
                    ? OptionalInt.of(UNKNOWN)
                    : terminated(now)
                            .mapToInt(ContainerStateTerminated::getExitCode)
                            .findFirst();
        } catch (KubernetesClientException e) {
            return OptionalInt.of(UNKNOWN); // nobody can tell any more
        }
    }

    private static Stream<ContainerStateTerminated> terminated(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getState() != null && status.getState().getTerminated() != null)
                .map(status -> status.getState().getTerminated());
    }

    @Override
    public void destroy() {
        connection.close();
        disconnected.countDown();
    }

    private record End(CountDownLatch disconnected) implements ExecListener {
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
