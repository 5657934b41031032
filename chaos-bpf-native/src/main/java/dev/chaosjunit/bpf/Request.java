// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to the helper: a verb and its {@code key=value} words. Immutable.
 *
 * <pre>{@code Request.of("attach").with("id", "f1").with("kind", "networkdelay").with("latency_us", 5000)}</pre>
 */
public final class Request {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

    private final String verb;
    private final Map<String, String> values;

    private Request(String verb, Map<String, String> values) {
        this.verb = verb;
        this.values = values;
    }

    /**
     * Start a request.
     *
     * @param verb a lower-case word of the protocol, for example {@code attach}
     */
    public static Request of(String verb) {
        return new Request(requireWord("verb", verb), Map.of());
    }

    /**
     * Copy this request with one more word.
     *
     * @throws IllegalArgumentException if the key is no lower-case word, or was given before
     */
    public Request with(String key, String value) {
        requireWord("key", key);
        if (values.containsKey(key)) {
            throw new IllegalArgumentException("The key \"" + key + "\" is already in the request: " + toLine());
        }
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Request(verb, more);
    }

    /** Copy this request with one more word, a decimal number. */
    public Request with(String key, long value) {
        return with(key, Long.toString(value));
    }

    /** Return the line of the protocol, without its end. */
    public String toLine() {
        StringBuilder line = new StringBuilder(verb);
        values.forEach((key, value) -> line.append(' ').append(key).append('=').append(Escaping.escape(value)));
        return line.toString();
    }

    String verb() {
        return verb;
    }

    @Nullable String value(String key) {
        return values.get(key);
    }

    @Override
    public String toString() {
        return toLine();
    }

    private static String requireWord(String what, String word) {
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException(
                    "The " + what + " of a request must match " + WORD + " but is \"" + word + "\"");
        }
        return word;
    }
}
