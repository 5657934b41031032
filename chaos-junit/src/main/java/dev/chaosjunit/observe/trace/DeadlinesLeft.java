// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a request's deadline is left where it comes by, as spans tell by {@code chaos.deadline_ms} or
 * {@code rpc.grpc.timeout} ("500m", or milliseconds). Services that tell nothing are not among them.
 *
 * @param service where
 * @param least nanoseconds; negative where the time was over
 * @param spans that told
 */
public record DeadlinesLeft(String service, long least, int spans) {
    private static final List<String> ATTRIBUTES = List.of("chaos.deadline_ms", "rpc.grpc.timeout");
    private static final Pattern TIME = Pattern.compile("(-?\\d{1,12})([HMSmun]?)");

    /** Of each service, by name; none where nothing tells of deadlines. */
    public static List<DeadlinesLeft> of(Collection<Trace> traces) {
        Map<String, List<Long>> left = new TreeMap<>();
        for (Trace trace : traces) {
            for (Span span : trace.spans()) {
                at(span).ifPresent(time -> left.computeIfAbsent(span.service(), service -> new ArrayList<>())
                        .add(time));
            }
        }
        return left.entrySet().stream()
                .map(entry -> new DeadlinesLeft(
                        entry.getKey(),
                        entry.getValue().stream()
                                .mapToLong(Long::longValue)
                                .min()
                                .orElseThrow(),
                        entry.getValue().size()))
                .toList();
    }

    /** Nanoseconds left as a span began, negative where the time was over; empty where it tells nothing. */
    public static OptionalLong at(Span span) {
        for (String attribute : ATTRIBUTES) {
            Matcher time = TIME.matcher(span.attribute(attribute));
            if (time.matches()) {
                return OptionalLong.of(unit(time.group(2)).toNanos(Long.parseLong(time.group(1))));
            }
        }
        return OptionalLong.empty();
    }

    private static TimeUnit unit(String letter) {
        return switch (letter) {
            case "H" -> TimeUnit.HOURS;
            case "M" -> TimeUnit.MINUTES;
            case "S" -> TimeUnit.SECONDS;
            case "u" -> TimeUnit.MICROSECONDS;
            case "n" -> TimeUnit.NANOSECONDS;
            default -> TimeUnit.MILLISECONDS;
        };
    }
}
