// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.session.Settings;
import org.apiguardian.api.API;

/**
 * Configuration parameters, read as JUnit reads its own: from the launcher, from system properties, and from {@code
 * junit-platform.properties} on the class path. Annotations say what a test means; these say how one build runs it.
 *
 * <p>Besides, the system property {@code chaos.agent} names the native helper's executable; the jar's own is used unless
 * it is set. It is no configuration parameter, because the helper knows nothing of JUnit.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ChaosParameters {

    /**
     * What {@code AUTO} does where the machine lacks what chaos tests need: {@code true}: fail; {@code false}: skip, with the
     * reasons. By default, fail where the environment variable {@code CI} is set, and skip elsewhere. A runtime that is
     * named, by {@link #RUNTIME} or {@link ChaosTest#runtime()}, always fails where it cannot be, and so does anything else.
     */
    public static final String REQUIRE = Settings.REQUIRE;

    /**
     * Where services run: {@code auto}, {@code local}, {@code k3s} or {@code kubeconfig}; what {@link ChaosTest#runtime()}
     * says by default.
     */
    public static final String RUNTIME = Settings.RUNTIME;

    /** The image of k3s nodes, one of the contract of rancher/k3s; a pinned rancher/k3s by default. */
    public static final String K3S_IMAGE = Settings.K3S_IMAGE;

    /**
     * How many nodes a k3s cluster has: from 1, the default, to 8. Each is a container of its own on this machine: the
     * first, {@code node-1}, has the control plane, the others join it.
     */
    public static final String K3S_NODES = Settings.K3S_NODES;

    /**
     * After how much silence of its agent a node of a cluster counts as lost, from {@code 2s} to {@code 60s}; {@code 10s} by
     * default. A run that loses a node ends as inconclusive, with its faults on all other nodes lifted at once.
     */
    public static final String NODE_TIMEOUT = Settings.NODE_TIMEOUT;

    /**
     * The kubeconfig of {@code chaos.runtime=kubeconfig}; by default as kubectl finds it: the environment variable {@code
     * KUBECONFIG}, or {@code ~/.kube/config}.
     */
    public static final String KUBECONFIG = Settings.KUBECONFIG;

    /** The context of the kubeconfig; its current one by default. */
    public static final String CONTEXT = Settings.CONTEXT;

    /**
     * The namespaces of an existing cluster that chaos tests may use, separated by commas: needed for {@code
     * chaos.runtime=kubeconfig}. Objects that name no namespace go to the first, where the agents run, too; objects of
     * others are refused. {@code kube-system}, {@code kube-public} and {@code kube-node-lease} never are among them.
     */
    public static final String NAMESPACES = Settings.NAMESPACES;

    /**
     * The image of the agent in an existing cluster, which its nodes must have or be able to pull; {@code
     * chaos-junit/agent:VERSION} by default. {@code dev.chaosjunit.cluster.image.AgentImage} makes it.
     */
    public static final String AGENT_IMAGE = Settings.AGENT_IMAGE;

    /** A whole number that all randomness comes from: the seed in a report replays its run. Drawn per test by default. */
    public static final String SEED = Settings.SEED;

    /** Directory of the report, from the working directory; {@code target/chaos-report} by default. */
    public static final String REPORT = Settings.REPORT;

    /**
     * What injects the faults. {@code helper}, the default: our own native helper, which counts every packet it hits.
     * {@code chaos-mesh}: Chaos Mesh, in a cluster where it is installed. Each fault becomes one of its resources, a
     * NetworkChaos or a DNSChaos; it chooses the pods itself, so that the seed does not replay them, and it counts no
     * packets, so that its word is the only proof that a fault hit. What it cannot do, such as a delay of one port, is
     * refused by name.
     */
    public static final String ENGINE = Settings.ENGINE;

    /**
     * Where telemetry goes beside this JVM, by OTLP over HTTP, {@code http://collector.observability:4318}. Each experiment is
     * told to it from here: spans, log records and metrics of its faults. On {@code local} and {@code k3s} all that
     * {@link Traces} receives is passed on to it, too; on {@code kubeconfig} pods export to it themselves. That it does not
     * arrive is a note in the report, never a failure. Not set by default.
     */
    public static final String OTLP_ENDPOINT = Settings.OTLP_ENDPOINT;

    private ChaosParameters() {}
}
