// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A line that zap, slog, logrus or zerolog printed as JSON; texts that it does not have are empty.
 *
 * @param trace in lower case
 * @param time as it was printed
 * @param nanos since 1970; 0 where the time is not understood
 */
record LogEntry(String trace, String chaosId, String time, long nanos, String level, String message, String error) {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final int LONGEST = 100_000; // characters; what is longer was hardly meant for a reader
    private static final Set<String> GRAVE = Set.of("warn", "warning", "error", "dpanic", "panic", "fatal");

    /** None of a line that is no JSON object, or a very long one. */
    static Optional<LogEntry> parse(String line) {
        String object = line.strip();
        if (!object.startsWith("{") || !object.endsWith("}") || object.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(object);
            return node.isObject() ? Optional.of(of(node)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty(); // it only looks like one
        }
    }

    private static LogEntry of(JsonNode node) {
        String time = first(node, "ts", "time", "timestamp", "@timestamp");
        return new LogEntry(
                id(node, "trace_id", "traceId").toLowerCase(Locale.ROOT),
                id(node, "chaos_id", "chaos.id"),
                time,
                LogTime.nanos(time),
                first(node, "level", "severity"),
                first(node, "msg", "message"),
                first(node, "error", "err"));
    }

    /** An id is a text; a number under its name means something else. */
    private static String id(JsonNode node, String... names) {
        for (String name : names) {
            if (node.path(name).isTextual()) {
                return node.path(name).textValue();
            }
        }
        return "";
    }

    /** A text or a number; something nested as it is written. */
    private static String first(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                return value.isValueNode() ? value.asText() : value.toString();
            }
        }
        return "";
    }

    /** Whether it tells of something that went wrong. */
    boolean isGrave() {
        return !error.isEmpty() || GRAVE.contains(level.toLowerCase(Locale.ROOT));
    }
}
