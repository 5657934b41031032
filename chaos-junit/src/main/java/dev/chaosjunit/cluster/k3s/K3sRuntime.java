// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.Waiting;
import dev.chaosjunit.cluster.image.ContainerImage;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.image.GoImages;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.kubernetes.KubernetesCluster;
import dev.chaosjunit.cluster.kubernetes.ManifestObjects;
import dev.chaosjunit.cluster.kubernetes.NonRoot;
import dev.chaosjunit.cluster.manifest.reader.KeptManifests;
import dev.chaosjunit.quantity.Durations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Brings services up in a node; see the package. */
public final class K3sRuntime {
    /** The node's image unless another is named. */
    public static final String DEFAULT_IMAGE = "rancher/k3s:v1.34.4-k3s1";

    /** Says once a second what takes its time. */
    static final Waiting WAITING = new Waiting("k3s", Duration.ofSeconds(1));

    private final DockerEngine engine;
    private final K3sSettings settings;

    private K3sRuntime(DockerEngine engine, K3sSettings settings) {
        this.engine = engine;
        this.settings = settings;
    }

    /**
     * Find a Docker Engine for such nodes.
     *
     * @throws RuntimeUnavailableException when there is none
     */
    public static K3sRuntime find(K3sSettings settings) {
        return new K3sRuntime(DockerEngine.find(), settings);
    }

    /** Whether the engine has the image, so that nothing must be pulled. */
    public boolean hasImage() {
        return engine.architecture(settings.image()).isPresent();
    }

    /**
     * Build the images while nodes start, load them, and bring everything up.
     *
     * @param programs directory for built programs and images; classes may share it, and it is left behind
     * @param told which program an image runs, by the image's name, before any does; it may refuse that
     * @param collector what pods export to
     * @throws dev.chaosjunit.cluster.ClusterException when a manifest, an image or a pod is at fault; nothing is left then
     * @throws RuntimeUnavailableException when the engine does not run a node, or nodes do not reach the collector
     */
    public Cluster start(
            KeptManifests manifests,
            List<ImageSpec> images,
            Path programs,
            Consumer<Map<String, Path>> told,
            Collector collector,
            String run,
            Duration readyWithin,
            Path workDirectory) {
        long start = System.nanoTime();
        List<HasMetadata> objects = ManifestObjects.read(manifests.sources());
        Set<String> wanted = ManifestObjects.images(objects);
        String architecture = new NodeImage(engine).architecture(settings.image());
        CompletableFuture<K3sCluster> starting = CompletableFuture.supplyAsync(
                () -> K3sNodes.ofThisJvm().take(engine, settings, architecture),
                task -> new Thread(task, "chaos-k3s").start());
        Map<String, Path> tars;
        List<EngineImage> others;
        try {
            Map<String, ImageContent> contents = build(wanted, images, programs, architecture);
            told.accept(ImageContent.programs(contents));
            tars = tars(contents, NonRoot.images(objects), programs.resolve("tars"), architecture);
            others = others(wanted, contents.keySet(), architecture);
            others.forEach(image -> tars.put(image.name(), image.tar(engine, programs.resolve("tars"))));
        } catch (RuntimeException | Error e) {
            var unused = starting.thenAccept(nodes -> K3sNodes.ofThisJvm().giveBack(settings, nodes));
            throw e;
        }
        K3sCluster nodes = await(starting);
        TakenNodes kubernetes = take(nodes, tars, others, collector);
        Cluster cluster =
                KubernetesCluster.start(kubernetes, objects, manifests.leftOut(), run, readyWithin, workDirectory);
        nodes.say(cluster.instances().size() + " pods ready "
                + Durations.format(Duration.ofMillis((System.nanoTime() - start) / 1_000_000))
                + " after it was asked for");
        return cluster;
    }

    /** With all that is to be there before pods are; kept for others where that fails. */
    private TakenNodes take(K3sCluster nodes, Map<String, Path> tars, List<EngineImage> others, Collector collector) {
        try {
            Exporting exporting = collector.isWanted() ? nodes.exporting(collector) : Exporting.NONE;
            nodes.load(tars);
            return new TakenNodes(nodes, settings, tars.keySet(), others, exporting);
        } catch (RuntimeException | Error e) {
            K3sNodes.ofThisJvm().giveBack(settings, nodes);
            throw e;
        }
    }

    private static K3sCluster await(CompletableFuture<K3sCluster> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What was built or pulled for the engine is loaded as well: nodes see nothing of it, and need not pull it again. */
    private List<EngineImage> others(Set<String> wanted, Set<String> built, String architecture) {
        return wanted.stream()
                .filter(name -> !built.contains(name))
                .flatMap(name -> engine.image(name, architecture).stream())
                .toList();
    }

    private static Map<String, Path> tars(
            Map<String, ImageContent> contents, Set<String> nonRoot, Path directory, String architecture) {
        Map<String, Path> tars = new LinkedHashMap<>();
        contents.forEach((name, content) ->
                tars.put(name, new ContainerImage(name, content, architecture, nonRoot.contains(name)).tar(directory)));
        return tars;
    }

    private static Map<String, ImageContent> build(
            Set<String> wanted, List<ImageSpec> declared, Path programs, String architecture) {
        List<GoImageSpec> ours = declared.stream()
                .filter(GoImageSpec.class::isInstance)
                .map(GoImageSpec.class::cast)
                .toList();
        GoImages images = new GoImages(ours, new GoBuild(programs, architecture));
        for (String name : wanted) {
            images.find(name).ifPresent(images::check);
        }
        Map<String, ImageContent> contents = new LinkedHashMap<>();
        for (String name : wanted) {
            images.find(name)
                    .ifPresent(found -> contents.put(name, images.build(found).withMachineFiles()));
        }
        return contents;
    }
}
