// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

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
}
