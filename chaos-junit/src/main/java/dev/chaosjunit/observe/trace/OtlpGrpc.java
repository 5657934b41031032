// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.concurrent.atomic.AtomicLong;

/** OTLP's services of gRPC. Requests come as bytes: what cannot be read is answered and counted here. */
final class OtlpGrpc {
    private static final String PACKAGE = "opentelemetry.proto.collector.";
    private static final byte[] SUCCESS = {}; // of each kind of request: no field is set

    private OtlpGrpc() {}

    /** What a request becomes; the answer to it. */
    @FunctionalInterface
    private interface Taker {
        byte[] take(byte[] request) throws InvalidProtocolBufferException;
    }

    static ServerServiceDefinition traces(SpanIntake intake, SpanStore store) {
        return service(
                "trace.v1.TraceService",
                store,
                request -> intake.take(ExportTraceServiceRequest.parseFrom(request))
                        .toByteArray());
    }

    static ServerServiceDefinition metrics(SpanStore store) {
        return service("metrics.v1.MetricsService", store, counted(store.metrics));
    }

    static ServerServiceDefinition logs(SpanStore store) {
        return service("logs.v1.LogsService", store, counted(store.logs));
    }

    private static Taker counted(AtomicLong count) {
        return request -> {
            count.incrementAndGet();
            return SUCCESS;
        };
    }

    private static ServerServiceDefinition service(String name, SpanStore store, Taker taker) {
        MethodDescriptor<byte[], byte[]> export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(PACKAGE + name, "Export"))
                .setRequestMarshaller(new PlainBytes())
                .setResponseMarshaller(new PlainBytes())
                .build();
        return ServerServiceDefinition.builder(PACKAGE + name)
                .addMethod(export, ServerCalls.<byte[], byte[]>asyncUnaryCall((request, answer) -> {
                    try {
                        answer.onNext(taker.take(request));
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
