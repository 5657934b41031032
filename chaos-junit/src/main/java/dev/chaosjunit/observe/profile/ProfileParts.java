// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import dev.chaosjunit.result.GoStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of a profile as they are written: by numbers of one another. */
final class ProfileParts {
    private static final int MOST = 8 << 20; // what they take here is several times what they take there

    final List<String> strings = new ArrayList<>();
    final List<Integer> types = new ArrayList<>();
    final List<RawSample> samples = new ArrayList<>();
    final Map<Long, List<Line>> locations = new HashMap<>();
    final Map<Long, Function> functions = new HashMap<>();
    private final Map<List<Long>, GoStack> stacks = new HashMap<>();
    private int parts;

    record RawSample(List<Long> locations, List<Long> values, List<Label> labels) {}

    record Label(int key, int text) {}

    record Line(long function, long number) {}

    record Function(int name, int file) {}

    /** One more, of whatever kind. */
    void count() throws IOException {
        if (++parts > MOST) {
            throw new IOException("a profile of more than " + MOST + " parts");
        }
    }

    Profile joined() throws IOException {
        List<String> names = new ArrayList<>();
        for (int type : types) {
            names.add(string(type));
        }
        List<Profile.Sample> joined = new ArrayList<>();
        for (RawSample sample : samples) {
            if (sample.values().size() != names.size()) {
                throw new IOException("a sample of " + sample.values().size() + " values, not " + names.size());
            }
            joined.add(new Profile.Sample(stack(sample.locations()), sample.values(), labels(sample.labels())));
        }
        return new Profile(names, joined);
    }

    private GoStack stack(List<Long> ids) throws IOException {
        GoStack known = stacks.get(ids);
        if (known == null) {
            known = new GoStack(frames(ids));
            stacks.put(ids, known);
        }
        return known;
    }

    /** Innermost first; calls that the compiler put into others are lines of one location. */
    private List<GoStack.Frame> frames(List<Long> ids) throws IOException {
        List<GoStack.Frame> frames = new ArrayList<>();
        for (long id : ids) {
            List<Line> lines = locations.get(id);
            if (lines == null) {
                throw new IOException("a sample at location " + id + ", which it does not have");
            }
            for (Line line : lines) {
                count();
                Function function = functions.get(line.function());
                if (function == null) {
                    throw new IOException("a line of function " + line.function() + ", which it does not have");
                }
                frames.add(new GoStack.Frame(string(function.name()), string(function.file()) + ":" + line.number()));
            }
        }
        return frames;
    }

    private Map<String, String> labels(List<Label> raw) throws IOException {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Label label : raw) {
            if (label.text() != 0) {
                labels.put(string(label.key()), string(label.text()));
            }
        }
        return labels;
    }

    private String string(int index) throws IOException {
        if (index < 0 || index >= strings.size()) {
            throw new IOException("text number " + index + " of " + strings.size());
        }
        return strings.get(index);
    }
}
