// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What works on this machine, found by trying it in a throw-away network namespace. */
public final class Features {

    /**
     * One feature.
     *
     * @param works whether it works here
     * @param reason why it does not; empty when it works
     */
    public record Feature(boolean works, String reason) {}

    private static final Feature UNKNOWN = new Feature(false, "the helper does not know this feature");

    private final Map<String, Feature> features;

    private Features(Map<String, Feature> features) {
        this.features = Collections.unmodifiableMap(features);
    }

    /**
     * Ask a helper for what works.
     *
     * @throws HelperException if the helper could not try at all
     */
    public static Features probe(Helper helper) throws HelperException {
        return of(helper.request(Request.of("probe")));
    }

    static Features of(Reply reply) {
        Map<String, Feature> features = new LinkedHashMap<>();
        reply.values().forEach((name, value) -> features.put(name, parse(value)));
        return new Features(features);
    }

    /** Return whether a feature ({@code tcx}, {@code dns}, {@code delay_egress}, …) works. */
    public boolean works(String name) {
        return feature(name).works();
    }

    /** Return one feature; one that the helper does not know counts as not working. */
    public Feature feature(String name) {
        return features.getOrDefault(name, UNKNOWN);
    }

    /** Return all features in the helper's order. Unmodifiable. */
    public Map<String, Feature> all() {
        return features;
    }

    @Override
    public String toString() {
        return features.toString();
    }

    private static Feature parse(String value) {
        if (value.equals("yes")) {
            return new Feature(true, "");
        }
        String reason = value.startsWith("no:") ? value.substring("no:".length()) : value;
        return new Feature(false, reason.replaceFirst(":", ": "));
    }
}
