// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
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

    /** The first word of a request: the kind of fault, spelled as its annotation is, in small letters. */
    public static Words kind(Fault fault) {
        return NONE.with("kind", fault.name().toLowerCase(Locale.ROOT));
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
