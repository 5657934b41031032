// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.List;

/** Pods and Services that are nowhere. */
public record FixedCluster(List<Instance> instances, List<ServiceEndpoint> services) implements Cluster {
    @Override
    public String describe() {
        return "fixed";
    }

    @Override
    public List<String> log(String instance, int lines) {
        return List.of();
    }

    @Override
    public List<String> privilege() {
        return List.of();
    }

    @Override
    public void close() {}
}
