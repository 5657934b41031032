// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** OTLP's services of gRPC. Requests come as bytes: what cannot be read is answered and counted here. */
final class OtlpGrpc {
    private static final String PACKAGE = "opentelemetry.proto.collector.";
    private static final byte[] SUCCESS = {}; // of each kind of request: no field is set

    private final SpanStore store;
    private final Consumer<OtlpExport> onward;

    OtlpGrpc(SpanStore store, Consumer<OtlpExport> onward) {
        this.store = store;
        this.onward = onward;
    }

    /** What a request becomes; the answer to it. */
    @FunctionalInterface
    private interface Taker {
        byte[] take(byte[] request) throws InvalidProtocolBufferException;
    }

    ServerServiceDefinition traces(SpanIntake intake) {
        return service(
                "trace.v1.TraceService",
                OtlpSignal.TRACES,
                request -> intake.take(ExportTraceServiceRequest.parseFrom(request))
                        .toByteArray());
    }

    ServerServiceDefinition metrics() {
        return service("metrics.v1.MetricsService", OtlpSignal.METRICS, counted(store.metrics));
    }

    ServerServiceDefinition logs() {
        return service("logs.v1.LogsService", OtlpSignal.LOGS, counted(store.logs));
    }

    private static Taker counted(AtomicLong count) {
        return request -> {
            count.incrementAndGet();
            return SUCCESS;
        };
    }

    private ServerServiceDefinition service(String name, OtlpSignal signal, Taker taker) {
        MethodDescriptor<byte[], byte[]> export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(PACKAGE + name, "Export"))
                .setRequestMarshaller(new PlainBytes())
                .setResponseMarshaller(new PlainBytes())
                .build();
        return ServerServiceDefinition.builder(PACKAGE + name)
                .addMethod(export, ServerCalls.<byte[], byte[]>asyncUnaryCall((request, answer) -> {
                    try {
                        byte[] taken = taker.take(request);
                        onward.accept(new OtlpExport(signal, UnsafeByteOperations.unsafeWrap(request), false));
                        answer.onNext(taken);
                        answer.onCompleted();
                    } catch (InvalidProtocolBufferException e) {
                        store.malformed.incrementAndGet();
                        answer.onError(Status.INVALID_ARGUMENT
                                .withDescription("no OTLP request: " + e.getMessage())
                                .asException());
                    }
                }))
                .build();
    }
}
