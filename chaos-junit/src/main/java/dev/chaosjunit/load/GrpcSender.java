// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends one kind of gRPC call, with the time-out as its deadline, as services among each other do; nothing is retried.
 *
 * <p>It stands for several clients that take turns, each with one connection, since a Service deals out connections
 * and not calls.
 */
final class GrpcSender implements Sender {
    private static final int CLIENTS = 8;

    private final LoadSpec spec;
    private final Carried carried;
    private final List<ManagedChannel> channels;
    private final GrpcMethod method;
    private final MethodDescriptor<DynamicMessage, DynamicMessage> descriptor;
    private final DynamicMessage request;
    private int turn;

    private GrpcSender(LoadSpec spec, TraceIds traces, List<ManagedChannel> channels) {
        this.spec = spec;
        this.carried = new Carried(spec, traces);
        this.channels = channels;
        this.method = GrpcMethod.find(spec, channels.get(0));
        this.descriptor = method.descriptor();
        this.request = method.request(spec.body());
    }

    /**
     * Find the method by the spec's descriptors or, where it has none, by asking the server.
     *
     * @throws IllegalArgumentException if there is no such method, or the body is none of its requests, in words
     */
    static GrpcSender open(LoadSpec spec, Hosts hosts, TraceIds traces) {
        List<ManagedChannel> channels = Stream.generate(() -> GrpcChannel.to(spec.url(), hosts))
                .limit(CLIENTS)
                .toList();
        try {
            return new GrpcSender(spec, traces, channels);
        } catch (IllegalArgumentException e) {
            channels.forEach(ManagedChannel::shutdownNow);
            throw new IllegalArgumentException("@Load(url = \"" + spec.url() + "\"): " + e.getMessage(), e);
        }
    }

    @Override
    public void mark(Optional<ChaosMark> wanted) {
        carried.mark(wanted);
    }

    @Override
    public Runnable send(int number, long plannedNanos, Flight flight) {
        ManagedChannel channel = channels.get(turn++ % CLIENTS);
        long left = plannedNanos + spec.timeout().toNanos() - System.nanoTime();
        ClientCall<DynamicMessage, DynamicMessage> call = channel.newCall(
                descriptor, CallOptions.DEFAULT.withDeadlineAfter(Math.max(1, left), TimeUnit.NANOSECONDS));
        call.start(new GrpcAnswer(flight, spec.expected(), method, channel), metadata(number, plannedNanos));
        call.request(Integer.MAX_VALUE);
        call.sendMessage(request);
        call.halfClose();
        return () -> call.cancel("no answer in time", null);
    }

    private Metadata metadata(int number, long plannedNanos) {
        Metadata metadata = new Metadata();
        carried.by(number, plannedNanos).forEach((name, value) -> metadata.put(key(name), value));
        return metadata;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
