// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.LogLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What pods printed of one failed request. Pure. */
final class FailedRequestLog {
    private static final int MOST = 8;

    private final List<Printed> lines = new ArrayList<>();

    /** A line has the time of the one before it where it has none of its own. */
    private record Printed(String pod, LogEntry entry, long nanos) {}

    /**
     * Take what pods printed, in the order of time.
     *
     * @param pods their last lines, by their titles
     */
    FailedRequestLog(Map<String, List<String>> pods) {
        pods.forEach((pod, printed) -> {
            long before = 0;
            for (String line : printed) {
                Optional<LogEntry> entry = LogEntry.parse(line);
                if (entry.isPresent()) {
                    before = entry.get().nanos() == 0 ? before : entry.get().nanos();
                    lines.add(new Printed(pod, entry.get(), before));
                }
            }
        });
        lines.sort(Comparator.comparingLong(Printed::nanos));
    }

    /** Of the first of some requests that a line tells of; none where no line does. */
    List<LogLine> ofTraces(List<String> failed) {
        return failed.stream()
                .map(trace ->
                        shown("trace " + trace, line -> line.entry().trace().equals(trace)))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /**
     * Of the request whose warning or error is the first with a chaos id: the lines of its trace where they name one, or else
     * all warnings and errors with that id. Requests that went well carry the id, too.
     */
    List<LogLine> ofChaosId(String id) {
        Predicate<Printed> marked = line -> line.entry().chaosId().equals(id);
        Predicate<Printed> grave = marked.and(line -> line.entry().isGrave());
        String trace = lines.stream()
                .filter(grave)
                .findFirst()
                .map(line -> line.entry().trace())
                .orElse("");
        Predicate<Printed> wanted =
                trace.isEmpty() ? grave : line -> line.entry().trace().equals(trace);
        return shown("chaos id " + id, wanted);
    }

    private List<LogLine> shown(String of, Predicate<Printed> wanted) {
        return lines.stream()
                .filter(wanted)
                .limit(MOST)
                .map(line -> new LogLine(
                        of,
                        line.pod(),
                        line.entry().time(),
                        line.entry().level(),
                        line.entry().message(),
                        line.entry().error()))
                .toList();
    }
}
