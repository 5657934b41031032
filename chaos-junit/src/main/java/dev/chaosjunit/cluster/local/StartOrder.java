// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import java.util.List;
import java.util.function.Consumer;

/** Begins pods: all at once, but those of a StatefulSet each when the one before it is ready. */
final class StartOrder {
    private final List<Pod> pods;
    private final Consumer<Pod> begin;

    /**
     * Begin these.
     *
     * @param pods those of a workload one after another
     */
    StartOrder(List<Pod> pods, Consumer<Pod> begin) {
        this.pods = List.copyOf(pods);
        this.begin = begin;
    }

    /** Begin those whose turn has come by now. */
    synchronized void next() {
        for (int i = 0; i < pods.size(); i++) {
            Pod pod = pods.get(i);
            boolean first = i == 0 || !pods.get(i - 1).workload().equals(pod.workload());
            if (!pod.hasBegun()
                    && (first || !pod.workload().ordered() || pods.get(i - 1).ready())) {
                begin.accept(pod);
            }
        }
    }
}
