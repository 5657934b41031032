// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.observe.trace.OtlpExport;
import dev.chaosjunit.observe.trace.OtlpSender;
import dev.chaosjunit.report.FaultTelemetry;
import dev.chaosjunit.result.ExperimentResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What leaves this JVM, if somebody takes it: what pods export, and the faults themselves. That it does not arrive is said,
 * and fails nothing.
 */
final class Telemetry implements Consumer<OtlpExport>, AutoCloseable {
    private static final Duration AFTER_TEST = Duration.ofSeconds(2);

    private final Optional<OtlpSender> sender;

    Telemetry(Optional<URI> endpoint) {
        sender = endpoint.map(OtlpSender::to);
    }

    @Override
    public void accept(OtlpExport export) {
        sender.ifPresent(to -> to.accept(export));
    }

    /** Send an experiment; the result is the same, with a note where something was not delivered within two seconds. */
    ExperimentResult send(ExperimentResult result) {
        return sender.map(to -> {
                    FaultTelemetry.of(result).forEach(to);
                    to.settle(AFTER_TEST);
                    return to.undelivered().map(note -> noted(result, note)).orElse(result);
                })
                .orElse(result);
    }

    private static ExperimentResult noted(ExperimentResult result, String note) {
        List<String> notes =
                Stream.concat(result.notes().stream(), Stream.of(note)).toList();
        return result.like(result.id(), result.title()).notes(notes).build();
    }

    /** What is lost now comes too late for a report. */
    @Override
    public void close() {
        sender.ifPresent(to -> {
            to.close();
            to.undelivered().ifPresent(System.out::println);
        });
    }
}
