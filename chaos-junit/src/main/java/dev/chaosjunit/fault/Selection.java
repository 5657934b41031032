// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Which pods are hit: a selector and how many of those it finds.
 *
 * @param selector labels the pods must have
 * @param mode how many of them
 * @param value the number or percentage that {@code mode} asks for, else empty
 */
public record Selection(Selector selector, Mode mode, String value) {

    public Selection {
        switch (mode) {
            case ONE, ALL -> {
                if (!value.isEmpty()) {
                    throw new IllegalArgumentException(
                            "mode " + mode + " takes no value, but \"" + value + "\" is given");
                }
            }
            case FIXED -> count(value);
            case FIXED_PERCENT, RANDOM_MAX_PERCENT -> percent(mode, value);
        }
    }

    /** The elements {@code selector}, {@code namespaces}, {@code mode} and {@code value}. */
    public static Selection read(Source source) {
        Selector labels = source.read("selector", Selector::parse).in(source.texts("namespaces"));
        Mode mode = source.choice("mode", Mode.class);
        return source.read("value", text -> new Selection(labels, mode, text));
    }

    /** Choose from the pods that the selector finds; the same random source chooses the same again. */
    public <T> List<T> choose(List<T> found, Random random) {
        List<T> shuffled = new ArrayList<>(found);
        if (mode != Mode.ALL) {
            Collections.shuffle(shuffled, random);
        }
        return List.copyOf(shuffled.subList(0, Math.min(found.size(), howMany(found.size(), random))));
    }

    private int howMany(int found, Random random) {
        return switch (mode) {
            case ONE -> 1;
            case ALL -> found;
            case FIXED -> count(value);
            case FIXED_PERCENT -> share(found, percent(mode, value).fraction());
            case RANDOM_MAX_PERCENT -> share(found, percent(mode, value).fraction() * random.nextDouble());
        };
    }

    private static int share(int found, double fraction) {
        return Math.max(1, (int) Math.floor(found * fraction));
    }

    private static int count(String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(
                    "mode FIXED needs value = a number of pods, 1 or more, not \"" + value + "\"");
        }
        return Integer.parseInt(value);
    }

    private static Percent percent(Mode mode, String value) {
        try {
            return Percent.parse(value.endsWith("%") ? value : value + "%");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "mode " + mode + " needs value = a percentage of the pods, 0 to 100, not \"" + value + "\"", e);
        }
    }

    @Override
    public String toString() {
        return selector + " (" + mode.name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (value.isEmpty() ? "" : " " + value) + ")";
    }
}
