// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.k3s.K3sRuntime;
import dev.chaosjunit.cluster.kubeconfig.KubeconfigRuntime;
import dev.chaosjunit.cluster.local.LocalCluster;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * Brings a class's services up where the configuration says, or else its annotation, or else what is here allows.
 *
 * @param parameters JUnit's configuration parameters
 */
record Runtimes(Function<String, Optional<String>> parameters) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Start.
     *
     * @param name of the class, for files
     */
    Cluster start(ClusterPlan plan, String name) {
        Path directory = Path.of("target", "chaos-junit").toAbsolutePath();
        return switch (wanted(plan)) {
            case LOCAL -> local(plan, directory, name);
            case K3S -> k3s(K3sRuntime.find(image()), plan, directory, name);
            case KUBECONFIG -> kubeconfig(plan, directory, name);
            case AUTO -> auto(plan, directory, name);
        };
    }

    ClusterRuntime wanted(ClusterPlan plan) {
        return parameters.apply(ChaosParameters.RUNTIME).map(Runtimes::parse).orElse(plan.runtime());
    }

    private static ClusterRuntime parse(String text) {
        try {
            return ClusterRuntime.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException(
                    "the configuration parameter " + ChaosParameters.RUNTIME + " must be one of "
                            + Arrays.stream(ClusterRuntime.values())
                                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                                    .toList()
                            + ", but is \"" + text + "\"",
                    e);
        }
    }

    private Cluster auto(ClusterPlan plan, Path directory, String name) {
        return new Attempts()
                .then("k3s", () -> k3s(withImage(K3sRuntime.find(image())), plan, directory, name))
                .then("local", () -> local(plan, directory, name))
                .orRefuse();
    }

    /** Nobody asked for k3s: it is not worth a download. */
    private K3sRuntime withImage(K3sRuntime k3s) {
        if (!k3s.hasImage()) {
            throw new RuntimeUnavailableException("the Docker Engine does not have the image " + image()
                    + "; pull it, or name another by " + ChaosParameters.K3S_IMAGE);
        }
        return k3s;
    }

    private static Cluster local(ClusterPlan plan, Path directory, String name) {
        return LocalCluster.start(
                plan.manifests(),
                plan.images(),
                directory.resolve("images"),
                plan.readyWithin(),
                directory.resolve(name));
    }

    private static Cluster k3s(K3sRuntime runtime, ClusterPlan plan, Path directory, String name) {
        return runtime.start(
                plan.manifests(),
                plan.images(),
                directory.resolve("images"),
                run(),
                plan.readyWithin(),
                directory.resolve(name));
    }

    /** Images are not built: they could not be loaded into nodes that are not ours. */
    private Cluster kubeconfig(ClusterPlan plan, Path directory, String name) {
        return KubeconfigRuntime.find(new KubeconfigParameters(parameters).read())
                .start(plan.manifests(), run(), plan.readyWithin(), directory.resolve(name));
    }

    private String image() {
        return parameters.apply(ChaosParameters.K3S_IMAGE).orElse(K3sRuntime.DEFAULT_IMAGE);
    }

    /** Tells this class's objects from those of any other, in whatever JVM. */
    private static String run() {
        return Long.toHexString(RANDOM.nextLong());
    }
}
