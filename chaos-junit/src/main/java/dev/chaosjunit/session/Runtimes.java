// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.k3s.K3sRuntime;
import dev.chaosjunit.cluster.kubeconfig.KubeconfigRuntime;
import dev.chaosjunit.cluster.local.LocalCluster;
import dev.chaosjunit.cluster.manifest.reader.KeptManifests;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Brings services up where the settings say, or else the plan, or else where this machine can.
 *
 * @param collector what pods export to
 * @param built told the programs by their images' names, before anything runs them; it may refuse them
 */
record Runtimes(Settings settings, Collector collector, Consumer<Map<String, Path>> built) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Start.
     *
     * @param name for the directory of logs
     */
    Cluster start(Preflight preflight, String name) {
        Plan plan = preflight.plan();
        Path directory = Path.of("target", "chaos-junit").toAbsolutePath();
        return switch (settings.runtime(plan)) {
            case LOCAL -> local(preflight, directory, name);
            case K3S -> k3s(K3sRuntime.find(settings.k3s()), plan, directory, name);
            case KUBECONFIG -> kubeconfig(plan, directory, name);
            case AUTO -> auto(preflight, directory, name);
        };
    }

    private Cluster auto(Preflight preflight, Path directory, String name) {
        return new Attempts()
                .then("k3s", () -> k3s(withImage(K3sRuntime.find(settings.k3s())), preflight.plan(), directory, name))
                .then("local", () -> local(preflight, directory, name))
                .orRefuse();
    }

    /** Nobody asked for k3s: it is not worth a download. */
    private K3sRuntime withImage(K3sRuntime k3s) {
        if (!k3s.hasImage()) {
            throw new RuntimeUnavailableException("the Docker Engine does not have the image "
                    + settings.k3s().image() + "; pull it, or name another by " + Settings.K3S_IMAGE);
        }
        return k3s;
    }

    private Cluster local(Preflight preflight, Path directory, String name) {
        return LocalCluster.start(
                preflight.manifests(),
                preflight.plan().images(),
                directory.resolve("images"),
                built,
                collector,
                preflight.plan().readyWithin(),
                directory.resolve(name));
    }

    private Cluster k3s(K3sRuntime runtime, Plan plan, Path directory, String name) {
        return runtime.start(
                KeptManifests.of(plan.manifests(), plan.ignore()),
                plan.images(),
                directory.resolve("images"),
                built,
                collector,
                run(),
                plan.readyWithin(),
                directory.resolve(name));
    }

    /** Images are not built: they could not be loaded into nodes that are not ours. */
    private Cluster kubeconfig(Plan plan, Path directory, String name) {
        plan.images().forEach(Runtimes::requireNoBuild);
        return KubeconfigRuntime.find(settings.kubeconfig())
                .start(
                        KeptManifests.of(plan.manifests(), plan.ignore()),
                        collector,
                        run(),
                        plan.readyWithin(),
                        directory.resolve(name));
    }

    private static void requireNoBuild(ImageSpec image) {
        List<String> elements = image instanceof GoImageSpec built ? built.buildOnly() : List.of();
        if (!elements.isEmpty()) {
            throw new SettingException("@GoImage(name = \"" + image.name() + "\") has " + String.join(", ", elements)
                    + ", but on chaos.runtime=kubeconfig nothing is built: the cluster's own image has to hold what"
                    + " that asks for. Leave it out, or set " + Settings.RUNTIME + "=local or k3s.");
        }
    }

    /** Tells this session's objects from those of any other, in whatever JVM. */
    private static String run() {
        return Long.toHexString(RANDOM.nextLong());
    }
}
