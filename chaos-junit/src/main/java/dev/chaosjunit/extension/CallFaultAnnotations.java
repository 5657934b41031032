// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoDelayFault;
import dev.chaosjunit.fault.GoPanicFault;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.UringFault;
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
        return reader.build(() -> new GoPanicFault(
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
        return reader.build(() -> new GoDelayFault(
                selection,
                duration,
                new GoSite(annotation.function(), annotation.label(), annotation.goroutine()),
                latency,
                jitter,
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
        return reader.build(() -> new UringFault(
                selection,
                duration,
                annotation.operation(),
                annotation.action(),
                annotation.errno().isEmpty() ? Optional.empty() : Optional.of(annotation.errno()),
                latency,
                jitter,
                calls));
    }

    private static Calls calls(ElementReader reader, String probability, long after, long count, String touched) {
        Percent share = reader.read("probability", probability, Percent::parse);
        Percent minTouched = FaultAnnotations.minTouched(reader, touched);
        return reader.build(() -> new Calls(share, after, count, minTouched));
    }
}
