// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.kubernetes.KubernetesCluster;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.chaosmesh.ChaosMeshInjector;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What puts faults onto a class's pods: our own helpers, or Chaos Mesh. Either is tried with the class, so that it is
 * found out before any test where it is missing. That fails the class: helpers are ours, and Chaos Mesh was named.
 *
 * @param parameters JUnit's configuration parameters
 */
record Engines(Function<String, Optional<String>> parameters) {
    private static final String HELPER = "helper";
    private static final String CHAOS_MESH = "chaos-mesh";

    Injector injector(Cluster cluster) {
        String engine = parameters.apply(ChaosParameters.ENGINE).orElse(HELPER);
        return switch (engine) {
            case HELPER -> helpers(cluster);
            case CHAOS_MESH -> chaosMesh(cluster);
            default ->
                throw new ExtensionConfigurationException("the configuration parameter " + ChaosParameters.ENGINE
                        + " must be " + HELPER + " or " + CHAOS_MESH + ", but is \"" + engine + "\"");
        };
    }

    private static Injector helpers(Cluster cluster) {
        HelperInjector injector = new HelperInjector(HelperInjector.Helpers.of(cluster));
        try {
            injector.start(
                    cluster.instances().stream().map(pod -> pod.handle().node()).toList());
            return injector;
        } catch (HelperException e) {
            injector.close();
            throw new InjectionException(Cause.FAILURE, "The native helper does not start: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            injector.close();
            throw e;
        }
    }

    private static Injector chaosMesh(Cluster cluster) {
        if (!(cluster instanceof KubernetesCluster kubernetes)) {
            throw new ExtensionConfigurationException("Chaos Mesh works in a Kubernetes cluster, and the services run "
                    + cluster.describe() + ". Set " + ChaosParameters.RUNTIME + "=kubeconfig, or "
                    + ChaosParameters.ENGINE
                    + "=" + HELPER);
        }
        ChaosMeshInjector injector = new ChaosMeshInjector(
                kubernetes.client(), kubernetes.namespace(), kubernetes.run(), kubernetes::instances);
        injector.check();
        return injector;
    }
}
