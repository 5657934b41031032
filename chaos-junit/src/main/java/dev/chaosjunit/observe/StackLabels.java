// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.observe.profile.Profile;
import dev.chaosjunit.observe.profile.Profile.Sample;
import dev.chaosjunit.result.GoStack;
import dev.chaosjunit.result.GoStack.Frame;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.GoroutineResult.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which requests goroutines were made for. A goroutine has the labels of the one that starts it, which a dump of stacks does
 * not show and a profile of goroutines does; the two have stacks in common, line by line. That is not exact where others
 * wait at the same stack: the profile knows neither ids nor who made a goroutine.
 */
final class StackLabels {
    /** Before Go 1.23 profiles have 32 frames at most, of which a dump leaves a few out. */
    private static final int COMPARED = 28;

    private static final int NAMED = 3;

    /** What a dump leaves out: the inside of the runtime. */
    private static final Pattern HIDDEN = Pattern.compile("runtime\\.\\(?\\*?[a-z].*");

    private static final Pattern TYPES = Pattern.compile("\\[.*?]");

    private final Map<List<String>, List<Sample>> byStack = new HashMap<>();

    StackLabels(Profile goroutines) {
        goroutines.samples().stream()
                .filter(sample -> !sample.label(Profile.TRACE).isEmpty())
                .forEach(sample -> byStack.computeIfAbsent(key(sample.stack()), stack -> new ArrayList<>())
                        .add(sample));
    }

    private static List<String> key(GoStack stack) {
        return stack.frames().stream()
                .filter(frame -> !HIDDEN.matcher(frame.function()).matches())
                .map(StackLabels::line)
                .limit(COMPARED)
                .toList();
    }

    private static String line(Frame frame) {
        return TYPES.matcher(frame.function()).replaceAll("[...]") + " " + frame.location();
    }

    /** The finding with the requests that its groups come from. */
    GoroutineRule.Finding name(GoroutineRule.Finding found) {
        List<Group> groups = found.groups().stream()
                .map(group -> group.from(origins(group.stack())))
                .toList();
        List<Origin> origins =
                groups.stream().flatMap(group -> group.origins().stream()).toList();
        return new GoroutineRule.Finding(found.outcome(), found.detail() + sentence(origins), groups, found.unsure());
    }

    List<Origin> origins(String stack) {
        return byStack.getOrDefault(key(GoStack.parse(stack)), List.of()).stream()
                .map(sample -> new Origin(
                        sample.label(Profile.TRACE),
                        sample.label(Profile.SPAN),
                        sample.label(Profile.CHAOS_TYPE),
                        Math.toIntExact(sample.values().get(0))))
                .sorted(Comparator.comparing(
                                (Origin origin) -> origin.chaosType().isEmpty())
                        .thenComparing(Origin::trace))
                .toList();
    }

    private static String sentence(List<Origin> origins) {
        if (origins.isEmpty()) {
            return "";
        }
        String named = origins.stream().limit(NAMED).map(Origin::describe).collect(Collectors.joining(", "));
        int more = origins.size() - NAMED;
        return "; made for the request" + (origins.size() == 1 ? " of trace " : "s of traces ") + named
                + (more > 0 ? " and " + more + " more" : "");
    }
}
