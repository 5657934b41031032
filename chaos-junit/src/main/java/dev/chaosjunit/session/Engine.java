// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.kubernetes.KubernetesCluster;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.chaosmesh.ChaosMeshInjector;
import dev.chaosjunit.inject.chaosmesh.RunPods;

/**
 * What puts faults onto pods. It is tried as soon as the pods are there, so that it is found out before any experiment
 * where it is missing. That is a failure and no reason to skip: helpers are ours, and Chaos Mesh was named.
 */
enum Engine {
    HELPER("helper") {
        @Override
        Injector start(Cluster cluster) {
            HelperInjector injector = new HelperInjector(cluster);
            try {
                injector.start(cluster.instances().stream()
                        .map(pod -> pod.handle().node())
                        .toList());
                return injector;
            } catch (HelperException e) {
                injector.close();
                throw new InjectionException(Cause.FAILURE, "The native helper does not start: " + e.getMessage());
            } catch (RuntimeException | Error e) {
                injector.close();
                throw e;
            }
        }
    },

    CHAOS_MESH("chaos-mesh") {
        @Override
        Injector start(Cluster cluster) {
            if (!(cluster instanceof KubernetesCluster kubernetes)) {
                throw new SettingException("Chaos Mesh works in a Kubernetes cluster, and the services run "
                        + cluster.describe() + ". Set " + Settings.RUNTIME + "=kubeconfig, or " + Settings.ENGINE + "="
                        + HELPER);
            }
            ChaosMeshInjector injector = new ChaosMeshInjector(
                    kubernetes.client(),
                    new RunPods(
                            kubernetes.run(), kubernetes.namespaces(), kubernetes::instances, kubernetes::containers),
                    kubernetes.owner());
            injector.check();
            return injector;
        }
    };

    private final String parameter;

    Engine(String parameter) {
        this.parameter = parameter;
    }

    abstract Injector start(Cluster cluster);

    @Override
    public String toString() {
        return parameter;
    }
}
