// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Asks a server what its methods are, by gRPC Server Reflection v1. */
final class ServerReflection {
    private static final int SECONDS = 5;

    private final ManagedChannel channel;

    ServerReflection(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * The files that describe a service.
     *
     * @throws IllegalArgumentException if the server does not have it, or does not tell
     */
    ProtoFiles filesOf(String service) {
        ServerReflectionResponse first = ask(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(service)
                .build());
        if (!first.hasFileDescriptorResponse()) {
            throw GrpcMethod.unknown("service", service, services());
        }
        Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
        Deque<String> wanted = new ArrayDeque<>(add(first, files));
        Set<String> asked = new HashSet<>();
        for (String name = wanted.poll(); name != null; name = wanted.poll()) {
            if (!files.containsKey(name) && asked.add(name)) {
                wanted.addAll(add(
                        ask(ServerReflectionRequest.newBuilder()
                                .setFileByFilename(name)
                                .build()),
                        files));
            }
        }
        return new ProtoFiles(List.copyOf(files.values()));
    }

    private List<String> services() {
        return ask(ServerReflectionRequest.newBuilder().setListServices("").build())
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(ServiceResponse::getName)
                .toList();
    }

    /** What the files of an answer import. */
    private static List<String> add(ServerReflectionResponse answer, Map<String, FileDescriptorProto> files) {
        List<FileDescriptorProto> told = answer.getFileDescriptorResponse().getFileDescriptorProtoList().stream()
                .map(ServerReflection::file)
                .toList();
        told.forEach(file -> files.put(file.getName(), file));
        return told.stream().flatMap(file -> file.getDependencyList().stream()).toList();
    }

    private static FileDescriptorProto file(ByteString bytes) {
        try {
            return FileDescriptorProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the server's reflection told no file: " + e.getMessage(), e);
        }
    }

    private ServerReflectionResponse ask(ServerReflectionRequest question) {
        FirstAnswer answer = new FirstAnswer();
        StreamObserver<ServerReflectionRequest> questions = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(
                        ServerReflectionGrpc.getServerReflectionInfoMethod(),
                        CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS)),
                answer);
        questions.onNext(question);
        try {
            ServerReflectionResponse first = answer.first.join();
            questions.onCompleted();
            return first;
        } catch (CompletionException e) {
            throw new IllegalArgumentException(why(Status.fromThrowable(e)), e);
        }
    }

    private static String why(Status status) {
        return status.getCode() == Status.Code.UNIMPLEMENTED
                ? "the server does not offer reflection (grpc.reflection.v1): register it there, or give the"
                        + " descriptors of its files, @Load(descriptors = \"classpath:FILE\"), as"
                        + " protoc --descriptor_set_out --include_imports makes them"
                : "the server was asked what its methods are, by reflection, and answered " + status.getCode()
                        + (status.getDescription() == null ? "" : ", " + status.getDescription());
    }

    private static final class FirstAnswer implements StreamObserver<ServerReflectionResponse> {
        final CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();

        @Override
        public void onNext(ServerReflectionResponse answer) {
            first.complete(answer);
        }

        @Override
        public void onError(Throwable cause) {
            first.completeExceptionally(cause);
        }

        @Override
        public void onCompleted() {
            first.completeExceptionally(new StatusRuntimeException(Status.INTERNAL.withDescription("no answer")));
        }
    }
}
