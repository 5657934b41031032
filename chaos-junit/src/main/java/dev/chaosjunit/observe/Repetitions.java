// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.result.GoroutineResult.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Groups that were above their baseline after a fault, while it is repeated. One that grows each time at least half as much
 * as the first time is a leak; any other is bounded. A pool that keeps as many workers as it ever needed grows now and then
 * as well, but hardly twice in a row by that much. Pure.
 */
final class Repetitions {
    private static final double SHARE_OF_FIRST_GROWTH = 0.5;
    private static final int ROUNDS = 2;

    private final double scale;
    private final Map<String, List<Integer>> counts = new LinkedHashMap<>();
    private final Map<String, Group> unsure = new LinkedHashMap<>();
    private int rounds;

    /**
     * Begin.
     *
     * @param unsure the groups after the fault itself
     * @param scale length of a repetition, as a share of the fault's: as much smaller is what a leak leaves
     */
    Repetitions(List<Group> unsure, double scale) {
        this.scale = scale;
        for (Group group : unsure) {
            this.unsure.put(group.createdBy(), group);
            counts.put(group.createdBy(), new ArrayList<>(List.of(group.baseline(), group.after())));
        }
    }

    /** Whether a group that grew each time so far has grown again. */
    boolean grown(GoroutineDump look) {
        return counts.keySet().stream()
                .anyMatch(group -> grewAlways(group) && isGrowth(group, size(look, group) - last(group)));
    }

    /** A repetition is over, and this is what is left. */
    void add(GoroutineDump look) {
        counts.forEach((group, sizes) -> sizes.add(size(look, group)));
        rounds++;
    }

    /** Whether there is nothing more to learn. */
    boolean decided() {
        return rounds == ROUNDS || counts.keySet().stream().noneMatch(this::grewAlways);
    }

    /** The groups that leak. */
    List<Group> leaking() {
        return groups().stream()
                .filter(group -> rounds == ROUNDS && grewAlways(group.createdBy()))
                .toList();
    }

    /** All groups with their latest size. */
    List<Group> groups() {
        return unsure.values().stream()
                .map(group -> new Group(
                        group.createdBy(), group.baseline(), last(group.createdBy()), group.state(), group.stack()))
                .toList();
    }

    /** The sizes of a group: {@code 0 → 40 → 60 → 80}. */
    String course(Group group) {
        return sizes(group.createdBy()).stream().map(String::valueOf).collect(Collectors.joining(" \u2192 "));
    }

    private boolean grewAlways(String group) {
        List<Integer> sizes = sizes(group);
        for (int i = 2; i < sizes.size(); i++) {
            if (!isGrowth(group, sizes.get(i) - sizes.get(i - 1))) {
                return false;
            }
        }
        return true;
    }

    private boolean isGrowth(String group, int more) {
        List<Integer> sizes = sizes(group);
        return more > 0 && more >= SHARE_OF_FIRST_GROWTH * scale * (sizes.get(1) - sizes.get(0));
    }

    private int last(String group) {
        List<Integer> sizes = sizes(group);
        return sizes.get(sizes.size() - 1);
    }

    private List<Integer> sizes(String group) {
        return counts.getOrDefault(group, List.of(0, 0));
    }

    private static int size(GoroutineDump look, String group) {
        return look.groups().getOrDefault(group, List.of()).size();
    }
}
