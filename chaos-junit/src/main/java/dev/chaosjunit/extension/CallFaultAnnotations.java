// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.util.Optional;

/** Annotations of faults inside a process. */
final class CallFaultAnnotations {
    private CallFaultAnnotations() {}

    static Fault panic(GoPanic annotation, ElementReader reader) {
        var selection = FaultAnnotations.selection(
                reader, annotation.selector(), annotation.namespaces(), annotation.mode(), annotation.value());
        var duration = reader.read("duration", annotation.duration(), Durations::parse);
        var calls = calls(
                reader, annotation.probability(), annotation.after(), annotation.count(), annotation.minTouched());
        return reader.build(() -> new dev.chaosjunit.fault.GoPanic(
                selection,
                duration,
                new GoSite(annotation.function(), annotation.label(), annotation.goroutine()),
                calls));
    }

    static Fault delay(GoDelay annotation, ElementReader reader) {
        var selection = FaultAnnotations.selection(
                reader, annotation.selector(), annotation.namespaces(), annotation.mode(), annotation.value());
        var duration = reader.read("duration", annotation.duration(), Durations::parse);
        var latency = reader.read("latency", annotation.latency(), Durations::parse);
        var jitter = reader.read("jitter", annotation.jitter(), Durations::parse);
        var calls = calls(
                reader, annotation.probability(), annotation.after(), annotation.count(), annotation.minTouched());
        return reader.build(() -> new dev.chaosjunit.fault.GoDelay(
                selection,
                duration,
                new GoSite(annotation.function(), annotation.label(), annotation.goroutine()),
                new Latency(latency, jitter),
                calls));
    }

    static Fault uring(IoUringFault annotation, ElementReader reader) {
        var selection = FaultAnnotations.selection(
                reader, annotation.selector(), annotation.namespaces(), annotation.mode(), annotation.value());
        var duration = reader.read("duration", annotation.duration(), Durations::parse);
        var latency = reader.read("latency", annotation.latency(), Durations::parse);
        var jitter = reader.read("jitter", annotation.jitter(), Durations::parse);
        var calls = calls(
                reader, annotation.probability(), annotation.after(), annotation.count(), annotation.minTouched());
        return reader.build(() -> new dev.chaosjunit.fault.IoUringFault(
                selection,
                duration,
                annotation.operation(),
                annotation.action(),
                annotation.errno().isEmpty() ? Optional.empty() : Optional.of(annotation.errno()),
                latency.isZero() && jitter.isZero() && annotation.action() != IoUringAction.DELAY
                        ? Optional.empty()
                        : Optional.of(new Latency(latency, jitter)),
                calls));
    }

    private static Calls calls(ElementReader reader, String probability, long after, long count, String touched) {
        Percent share = reader.read("probability", probability, Percent::parse);
        Percent minTouched = FaultAnnotations.minTouched(reader, touched);
        return reader.build(() -> new Calls(share, after, count, minTouched));
    }
}
