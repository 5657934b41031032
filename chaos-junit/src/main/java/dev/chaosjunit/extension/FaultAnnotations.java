// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Names;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fault annotations to {@link Fault}s; the methods for those on the network. */
final class FaultAnnotations {
    private FaultAnnotations() {}

    static List<Fault> read(Elements elements) {
        List<Fault> faults = new ArrayList<>();
        faults.addAll(elements.all(DnsChaos.class, FaultAnnotations::dns));
        faults.addAll(elements.all(NetworkDelay.class, FaultAnnotations::delay));
        faults.addAll(elements.all(GoPanic.class, CallFaultAnnotations::panic));
        faults.addAll(elements.all(GoDelay.class, CallFaultAnnotations::delay));
        faults.addAll(elements.all(IoUringFault.class, CallFaultAnnotations::uring));
        return faults;
    }

    private static Fault dns(DnsChaos annotation, ElementReader reader) {
        Selection selection = selection(
                reader, annotation.selector(), annotation.namespaces(), annotation.mode(), annotation.value());
        var duration = reader.read("duration", annotation.duration(), Durations::parse);
        var minTouched = minTouched(reader, annotation.minTouched());
        return reader.build(() -> new dev.chaosjunit.fault.DnsChaos(
                selection,
                duration,
                new Names(List.of(annotation.patterns()), annotation.escape()),
                annotation.action(),
                List.of(annotation.ip()),
                Set.copyOf(Arrays.asList(annotation.types())),
                annotation.reconnect(),
                minTouched));
    }

    private static Fault delay(NetworkDelay annotation, ElementReader reader) {
        Selection selection = selection(
                reader, annotation.selector(), annotation.namespaces(), annotation.mode(), annotation.value());
        var duration = reader.read("duration", annotation.duration(), Durations::parse);
        var latency = reader.read("latency", annotation.latency(), Durations::parse);
        var jitter = reader.read("jitter", annotation.jitter(), Durations::parse);
        var correlation = reader.read("correlation", annotation.correlation(), FaultAnnotations::percent);
        var target = reader.read("target", annotation.target(), FaultAnnotations::optionalSelector);
        var port = reader.read("port", annotation.port(), PortRange::parse);
        var external = Arrays.stream(annotation.externalTargets())
                .map(text -> reader.read("externalTargets", text, Cidr::parse))
                .toList();
        var minTouched = minTouched(reader, annotation.minTouched());
        return reader.build(() -> new dev.chaosjunit.fault.NetworkDelay(
                selection,
                duration,
                new Latency(latency, jitter),
                correlation,
                new Traffic(annotation.direction(), target, external, port, annotation.protocol(), annotation.probes()),
                minTouched));
    }

    static Selection selection(ElementReader reader, String selector, String[] namespaces, Mode mode, String value) {
        Selector labels = reader.read("selector", selector, Selector::parse).in(List.of(namespaces));
        return reader.read("value", value, text -> new Selection(labels, mode, text));
    }

    static Percent minTouched(ElementReader reader, String text) {
        return reader.read("minTouched", text, share -> share.isEmpty() ? Percent.NONE : Percent.parse(share));
    }

    private static Optional<Selector> optionalSelector(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Selector.parse(text));
    }

    /** Chaos Mesh writes correlation without the sign. */
    private static Percent percent(String text) {
        return Percent.parse(text.endsWith("%") ? text : text + "%");
    }
}
