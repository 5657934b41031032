// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is done to pods of all nodes at once, one after the other on each: no node waits for one that does not answer. */
final class NodeByNode {
    private NodeByNode() {}

    /** Do it to all, even where it fails for one, as {@link InjectionException#forAll}. */
    static void forAll(Collection<HelperPod> pods, Consumer<HelperPod> action) {
        Map<Helper, List<HelperPod>> nodes = new LinkedHashMap<>();
        pods.forEach(pod ->
                nodes.computeIfAbsent(pod.helper(), unused -> new ArrayList<>()).add(pod));
        if (nodes.size() <= 1) {
            InjectionException.forAll(pods, action);
        } else {
            SideBySide.forAll(nodes.values(), node -> InjectionException.forAll(node, action));
        }
    }
}
