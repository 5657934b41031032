// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.profile;

import dev.chaosjunit.result.GoStack;
import java.util.List;
import java.util.Map;

/**
 * A profile as pprof writes it.
 *
 * @param types what the values of a sample are, by name: {@code samples}, {@code cpu}
 */
public record Profile(List<String> types, List<Sample> samples) {

    /** A label that names the request's trace, 32 hexadecimal digits. */
    public static final String TRACE = "trace_id";
    /** A label that names the span in which the request is worked on, 16 hexadecimal digits. */
    public static final String SPAN = "span_id";
    /** A label that names the fault window of the request. */
    public static final String CHAOS_ID = "chaos_id";
    /** A label that names the faults. */
    public static final String CHAOS_TYPE = "chaos_type";

    /**
     * What was seen at one place, under one set of labels.
     *
     * @param values one a type
     * @param labels those that are text
     */
    public record Sample(GoStack stack, List<Long> values, Map<String, String> labels) {
        /** The value of a label, empty where it has none. */
        public String label(String key) {
            return labels.getOrDefault(key, "");
        }
    }

    public Profile {
        types = List.copyOf(types);
        samples = List.copyOf(samples);
    }
}
