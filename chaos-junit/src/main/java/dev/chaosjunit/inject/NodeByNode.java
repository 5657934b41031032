// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Attach to all, or to none: what is attached goes again where it fails for one. In the order of what is wanted. */
    static List<HelperPod> allOrNone(List<WantedPod> wanted, Function<WantedPod, HelperPod> attach) {
        Map<String, List<WantedPod>> nodes = wanted.stream().collect(Collectors.groupingBy(WantedPod::node));
        if (nodes.size() <= 1) {
            return InjectionException.allOrNone(wanted, attach, HelperPod::close);
        }
        Map<WantedPod, HelperPod> attached = new ConcurrentHashMap<>();
        try {
            SideBySide.forAll(nodes.values(), node -> node.forEach(pod -> attached.put(pod, attach.apply(pod))));
        } catch (RuntimeException e) {
            InjectionException.undo(attached.values(), HelperPod::close, e);
            throw e;
        }
        return wanted.stream()
                .flatMap(pod -> Stream.ofNullable(attached.get(pod)))
                .toList();
    }
}
