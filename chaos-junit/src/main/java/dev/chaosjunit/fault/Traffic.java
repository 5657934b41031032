// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which packets of the chosen pods are meant.
 *
 * @param direction whether what the pods send or receive
 * @param target only packets exchanged with pods that have these labels, and with the Services in front of them
 * @param externalTargets only packets exchanged with these addresses or CIDR blocks; empty for all
 * @param port only packets whose other end has such a port
 * @param protocol only packets of this transport
 * @param probes whether probes of the pods' health are meant, too
 * @param trace only packets that begin the request of this trace
 */
public record Traffic(
        Direction direction,
        Optional<Selector> target,
        List<Cidr> externalTargets,
        PortRange port,
        Protocol protocol,
        Probes probes,
        Optional<TraceId> trace) {
    /** All that the pods send. */
    public static final Traffic SENT = all(Direction.TO);

    static final String TARGET = "target";

    private static final String TRACE = "trace";

    public Traffic {
        externalTargets = List.copyOf(externalTargets);
        if (trace.isPresent() && protocol == Protocol.UDP) {
            throw new IllegalArgumentException(
                    "trace goes with protocol ANY or TCP, since no HTTP/1.1 request goes by UDP");
        }
    }

    /** Of any request, and of none. */
    public Traffic(
            Direction direction,
            Optional<Selector> target,
            List<Cidr> externalTargets,
            PortRange port,
            Protocol protocol,
            Probes probes) {
        this(direction, target, externalTargets, port, protocol, probes, Optional.empty());
    }

    /** All of a direction. */
    public static Traffic all(Direction direction) {
        return new Traffic(direction, Optional.empty(), List.of(), PortRange.ANY, Protocol.ANY, Probes.HIT);
    }

    /**
     * The elements {@code direction}, {@code target}, {@code externalTargets}, {@code port}, {@code protocol}, {@code
     * probes}, and {@code trace}, where there is one.
     */
    public static Traffic read(Source source) {
        Optional<Selector> target =
                source.read(TARGET, text -> text.isEmpty() ? Optional.empty() : Optional.of(Selector.parse(text)));
        Optional<TraceId> trace = source.elements().contains(TRACE) ? TraceId.read(source) : Optional.empty();
        return source.build(() -> new Traffic(
                source.choice("direction", Direction.class),
                target,
                source.readAll("externalTargets", Cidr::parse),
                source.read("port", PortRange::parse),
                source.choice("protocol", Protocol.class),
                source.choice("probes", Probes.class),
                trace));
    }

    /** Whether a probe of a pod's health may be among it: a {@code target} is not the kubelet. */
    public boolean meetsProbes() {
        return target.isEmpty() && protocol != Protocol.UDP;
    }

    /** Whether a packet may be meant by both; peers are compared where they are known as addresses. */
    public boolean overlaps(Traffic other) {
        boolean directions =
                direction == Direction.BOTH || other.direction == Direction.BOTH || direction == other.direction;
        boolean protocols = protocol == Protocol.ANY || other.protocol == Protocol.ANY || protocol == other.protocol;
        boolean traces = trace.isEmpty() || other.trace.isEmpty() || trace.equals(other.trace);
        return directions && protocols && traces && port.overlaps(other.port);
    }

    /** Whether all packets that another means are among these; peers are the same where they are said the same. */
    public boolean covers(Traffic other) {
        boolean peers = (target.isEmpty() && externalTargets.isEmpty())
                || (target.equals(other.target) && externalTargets.equals(other.externalTargets));
        return peers
                && (direction == Direction.BOTH || direction == other.direction)
                && (protocol == Protocol.ANY || protocol == other.protocol)
                && (trace.isEmpty() || trace.equals(other.trace))
                && port.covers(other.port);
    }

    /**
     * In the words of the helper's protocol.
     *
     * @param peers the addresses that {@code target} and {@code externalTargets} are
     */
    public Words words(List<Cidr> peers) {
        return Words.NONE
                .with("direction", word(direction))
                .given("target", peers.stream().map(Cidr::toString).collect(Collectors.joining(",")))
                .given("port", port.equals(PortRange.ANY) ? "" : port.toString())
                .given("protocol", protocol == Protocol.ANY ? "" : word(protocol))
                .given(TRACE, trace.map(TraceId::hex).orElse(""));
    }

    /** Why no packet may have been of the request that is meant; empty where any is, or one was. */
    String hint(Told told) {
        if (trace.isEmpty() || told.number("matched") > 0 || told.number("seen") == 0) {
            return "";
        }
        return "of " + told.text("trace_requests") + " HTTP/1.1 requests that began, none was seen to be of the trace"
                + given(told, "trace_cut", " heads were not at an end in their first packet, or in 2,048 bytes")
                + given(told, "trace_http2", " connections of HTTP/2, whose requests cannot be told apart")
                + given(told, "trace_tls", " packets of TLS, which cannot be looked into");
    }

    private static String given(Told told, String key, String words) {
        return told.number(key) == 0 ? "" : "; " + told.text(key) + words;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** As messages say it: {@code to app=auth port 80 TCP}. */
    @Override
    public String toString() {
        String ends = target.map(Selector::toString)
                .orElse(externalTargets.stream().map(Cidr::toString).collect(Collectors.joining(",")));
        return direction.name().toLowerCase(Locale.ROOT)
                + (ends.isEmpty() ? "" : " " + ends)
                + (port.equals(PortRange.ANY) ? "" : " port " + port)
                + (protocol == Protocol.ANY ? "" : " " + protocol)
                + (probes == Probes.SPARE ? ", probes spared" : "")
                + trace.map(id -> ", the request of trace " + id.hex()).orElse("");
    }
}
