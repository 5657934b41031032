// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What the helper told of a fault on one pod: as it was attached, and what it counted.
 *
 * @param values by the protocol's key
 */
public record Told(Map<String, String> values) {

    public Told {
        values = Map.copyOf(values);
    }

    /** Whether there is a word. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * A word.
     *
     * @throws NoSuchElementException where the helper did not tell it
     */
    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new NoSuchElementException("The helper told no \"" + key + "\", only " + values.keySet());
        }
        return value;
    }

    /**
     * A counter.
     *
     * @throws NoSuchElementException where the helper did not tell it
     */
    public long number(String key) {
        return Long.parseLong(text(key));
    }

    /**
     * A histogram, {@code bucket:count,bucket:count}: buckets to counts, in its order.
     *
     * @throws NoSuchElementException where the helper did not tell it
     */
    public Map<Long, Long> histogram(String key) {
        Map<Long, Long> histogram = new LinkedHashMap<>();
        for (String bucket : text(key).split(",", -1)) {
            if (!bucket.isEmpty()) {
                int colon = bucket.indexOf(':');
                histogram.put(Long.parseLong(bucket.substring(0, colon)), Long.parseLong(bucket.substring(colon + 1)));
            }
        }
        return histogram;
    }

    /** The mechanisms that were tried in vain, and what the kind of fault has to say of its means; may be empty. */
    public String means(Fault fault) {
        String own = fault.detail(this);
        if (!has("refused")) {
            return own;
        }
        return "not by " + text("refused") + (own.isEmpty() ? "" : "; " + own);
    }
}
