// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What the helper answered: the {@code key=value} words of an {@code ok} line, in their order.
 *
 * @param values the words, with their escapes undone
 */
public record Reply(Map<String, String> values) {

    /** Keep an unmodifiable copy. */
    public Reply {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Read a reply line.
     *
     * @throws HelperException if it is an {@code error} line, or no reply line at all
     */
    static Reply parse(String line) throws HelperException {
        String[] words = line.strip().split(" +", -1);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 1) {
                throw unreadable(line);
            }
            values.put(words[i].substring(0, equals), Escaping.unescape(words[i].substring(equals + 1)));
        }
        return switch (words[0]) {
            case "ok" -> new Reply(values);
            case "error" -> throw refusal(values);
            default -> throw unreadable(line);
        };
    }

    /**
     * Return a value as text.
     *
     * @throws NoSuchElementException if the reply has no such key
     */
    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new NoSuchElementException(
                    "The helper's reply has no \"" + key + "\"; it has: " + String.join(", ", values.keySet()));
        }
        return value;
    }

    /** Whether the reply has a key. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /**
     * Return a value as a decimal number.
     *
     * @throws NoSuchElementException if the reply has no such key
     * @throws NumberFormatException if the value is no number
     */
    public long number(String key) {
        return parseNumber(key, text(key));
    }

    /**
     * Return a list of counters ({@code name:count,name:count}), such as {@code err_hist}, {@code peers} or
     * {@code names}, in its order. The map is the caller's own.
     *
     * @throws NoSuchElementException if the reply has no such key
     * @throws NumberFormatException if an element does not end in {@code :count}
     */
    public LinkedHashMap<String, Long> counts(String key) {
        LinkedHashMap<String, Long> counts = new LinkedHashMap<>();
        for (String element : text(key).split(",", -1)) {
            if (!element.isEmpty()) {
                int colon = element.lastIndexOf(':');
                String name = colon < 0 ? element : element.substring(0, colon);
                counts.merge(name, parseNumber(key, element.substring(colon + 1)), Long::sum);
            }
        }
        return counts;
    }

    private static long parseNumber(String key, String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new NumberFormatException("The helper's \"" + key + "\" should be a number but has: " + digits);
        }
    }

    private static HelperException refusal(Map<String, String> values) {
        String code = values.getOrDefault("code", "failed");
        String errno = values.getOrDefault("errno", HelperException.NO_ERRNO);
        String message = values.getOrDefault("msg", "the helper gave no reason");
        boolean named = errno.equals(HelperException.NO_ERRNO) || message.contains(errno);
        return HelperException.refused(code, errno, named ? message : message + " (" + errno + ")");
    }

    private static HelperException unreadable(String line) {
        return HelperException.of(
                HelperException.BAD_REPLY,
                "The helper answered with a line that is no reply: \"" + line + "\". Helper and Java binding may be of"
                        + " different versions.",
                null);
    }
}
