// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words of a request to the helper, in their order. Immutable.
 *
 * @param values by the protocol's key
 */
public record Words(Map<String, String> values) {
    /** None. */
    public static final Words NONE = new Words(Map.of());

    public Words {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The first word of a request for a fault: its kind, by the protocol's name. */
    public static Words kind(String kind) {
        return NONE.with("kind", kind);
    }

    /** These and one more. */
    public Words with(String key, Object value) {
        return and(new Words(Map.of(key, String.valueOf(value))));
    }

    /** These and one more, unless that is empty. */
    public Words given(String key, String value) {
        return value.isEmpty() ? this : with(key, value);
    }

    /** These and others. */
    public Words and(Words others) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return new Words(all);
    }
}
