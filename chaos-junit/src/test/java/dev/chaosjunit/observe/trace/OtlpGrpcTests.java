// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("OTLP over gRPC")
class OtlpGrpcTests {
    private static final String TRACES = "opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private final SpanStore store = new SpanStore(2, 1 << 20);
    private OtlpReceiver receiver;
    private ManagedChannel channel;

    @BeforeEach
    void open() throws IOException {
        receiver = OtlpReceiver.open(InetAddress.getLoopbackAddress(), store);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        receiver.close();
    }

    @Test
    @DisplayName("takes spans, and answers how many it had no room for")
    void spans() throws Exception {
        byte[] answer = call(TRACES, OtlpRequests.spans("orders", 2).toByteArray());
        byte[] full = call(TRACES, OtlpRequests.spans("users", 3).toByteArray());

        assertThat(answer).isEmpty();
        assertThat(ExportTraceServiceResponse.parseFrom(full)
                        .getPartialSuccess()
                        .getRejectedSpans())
                .isEqualTo(3);
        assertThat(store.received().kept()).isEqualTo(2);
        assertThat(store.received().dropped()).containsOnlyKeys("users").containsValue(3L);
    }

    @Test
    @DisplayName("answers INVALID_ARGUMENT to what it cannot read, and RESOURCE_EXHAUSTED to more than 4 MiB")
    void refused() {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> call(TRACES, "<html>".getBytes(StandardCharsets.UTF_8)))
                .matches(e -> e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT)
                .withMessageContaining("no OTLP request");
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> call(TRACES, new byte[5_000_000]))
                .matches(e -> e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED);
        assertThat(store.received().malformed()).isEqualTo(1);
    }

    @Test
    @DisplayName("answers metrics and logs, and counts them")
    void others() {
        assertThat(call("opentelemetry.proto.collector.metrics.v1.MetricsService/Export", new byte[0]))
                .isEmpty();
        assertThat(call("opentelemetry.proto.collector.logs.v1.LogsService/Export", new byte[0]))
                .isEmpty();
        assertThat(store.received().metrics() + store.received().logs()).isEqualTo(2);
    }

    private byte[] call(String method, byte[] request) {
        MethodDescriptor<byte[], byte[]> export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(new PlainBytes())
                .setResponseMarshaller(new PlainBytes())
                .build();
        return ClientCalls.blockingUnaryCall(channel, export, CallOptions.DEFAULT, request);
    }
}
