// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.result.LeftOut;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Services, brought up and ready; closing it takes everything away that it made. */
public interface Cluster extends AutoCloseable {

    /** What runs here and where, for messages and the report: {@code "local: 4 pods in 198.18.3.0/24"}. */
    String describe();

    /** What the manifests say and its services do not have, for the report. */
    LeftOut leftOut();

    /** The pods that run now; a pod that ended is not among them. */
    List<Instance> instances();

    /** Those of them that are not ready now, and so get no connections through a Service. */
    List<Instance> unready();

    /**
     * The ends of pods' processes since all was ready, in order. None is an end that somebody asked for: of a pod that is
     * deleted, or of a Job that is done.
     */
    List<PodEnd> ends();

    /** A pod's containers in the order of its manifest, init containers not among them; none of a pod that is gone. */
    List<PodContainer> containers(Instance pod);

    /** How much later than an end word of it may come. */
    Duration endsToldWithin();

    /**
     * Start those pods anew whose process has ended, and those that are not ready, and wait until all are: what happened to
     * them shall not be felt in what comes now, as by the kubelet's back-off. One that is about to be ready is waited for.
     *
     * @param readyWithin how long they may take
     * @return the names they had; empty, at once, where there is nothing to do
     * @throws ClusterException when one does not become ready, with why
     */
    List<String> startAnew(Duration readyWithin);

    /**
     * Delete a pod, for what owns it to make another; returns when that is asked for.
     *
     * @param grace how long it may take to end after SIGTERM; zero for SIGKILL at once
     * @return false where there is no such pod any more
     * @throws ClusterException where it may not be deleted
     */
    boolean delete(Instance pod, Duration grace);

    /**
     * Do not start a container of a pod again when it ends.
     *
     * @param container its name
     * @return what has it started again
     * @throws ClusterException where that cannot be asked for
     */
    KeptDown keepDown(Instance pod, String container);

    /** Who asks a pod whether it is alive and ready. */
    Probing probing(Instance pod);

    /** Where pods send their telemetry. */
    Exporting exporting();

    /** All Services of the manifests. */
    List<ServiceEndpoint> services();

    /** Where the test's own process reaches a port of one pod, past its Services. */
    InetSocketAddress reach(Instance instance, int port);

    /**
     * Where the test's own process reaches the ready pods behind a Service one by one, by the way that it reaches the Service:
     * faults on their network are met there.
     *
     * @param port of the Service
     * @return by pod; empty where there is no such way
     * @throws ClusterException where what it takes may not be made
     */
    Map<Instance, InetSocketAddress> replicas(ServiceEndpoint service, int port);

    /**
     * The last lines that a pod printed, also after it ended.
     *
     * @param instance its name, or its {@link Instance#title() title}
     */
    List<String> log(String instance, int lines);

    /**
     * Start a native helper where a node's processes can be seen; who asks for it closes it, before this cluster.
     *
     * @param node as {@link Handle#node()} names it
     */
    Helper startHelper(String node) throws HelperException;

    /**
     * The socket on which a node's keeper hands a helper of that node the listeners of its pods; absent where there is no
     * keeper: then no pod has one.
     *
     * @param node as {@link Handle#node()} names it
     * @return its path, as a helper from {@link #startHelper} sees it
     */
    Optional<String> keeper(String node);

    /**
     * Completes when something is gone, without {@link #close}, that is ours and that the pods stand on: with one sentence
     * that names it, {@code "the node ended: its guardian (process 4711) was killed"}. What pods answer from then on is not
     * their doing. Never completes otherwise; a pod's own end is none of this.
     */
    CompletableFuture<String> lost();

    @Override
    void close();
}
