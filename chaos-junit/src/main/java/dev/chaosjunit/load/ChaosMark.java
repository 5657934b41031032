// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a request carries while a fault is on, for services to pass on: in headers of its own, and as baggage for those
 * that know OpenTelemetry only.
 *
 * @param id of the experiment and the window, 1 to 128 characters of {@code A-Z a-z 0-9 . _ ~ : / -}
 * @param type the kinds of the faults, joined by {@code +}
 */
public record ChaosMark(String id, String type) {
    public static final String ID = "X-Chaos-ID";
    public static final String TYPE = "X-Chaos-Type";
    public static final String BAGGAGE = "baggage";

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._~:/+-]{1,128}");
    private static final Pattern ILLEGAL = Pattern.compile("[^A-Za-z0-9._~:/-]");
    private static final int LONGEST_NAME = 100; // leaves room for the window

    public ChaosMark {
        if (!LEGAL.matcher(id).matches() || !LEGAL.matcher(type).matches()) {
            throw new IllegalArgumentException("no chaos id and type: " + id + ", " + type);
        }
    }

    /**
     * That of a window of an experiment. What an id cannot hold becomes an underscore, and of a long name the end is kept:
     * there the test's own is.
     *
     * @param kinds of the faults that are on, one at least
     */
    public static ChaosMark of(String experiment, String window, Collection<String> kinds) {
        return new ChaosMark(id(experiment, window), type(kinds));
    }

    /** The id of that. */
    public static String id(String experiment, String window) {
        String name = ILLEGAL.matcher(experiment).replaceAll("_");
        return name.substring(Math.max(0, name.length() - LONGEST_NAME)) + "/" + window;
    }

    /** The type of that. */
    public static String type(Collection<String> kinds) {
        return String.join("+", new TreeSet<>(kinds));
    }

    Map<String, String> headers() {
        return Map.of(ID, id, TYPE, type, BAGGAGE, "chaos.id=" + id + ",chaos.type=" + type.replace("+", "%2B"));
    }
}
