// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoUtils;

/** A method of gRPC, its messages as JSON (protobuf's own mapping). */
record GrpcMethod(MethodDescriptor method) {

    /**
     * That of a URL's path, {@code /PACKAGE.SERVICE/METHOD}.
     *
     * @param channel where descriptors are asked for if the spec has none
     * @throws IllegalArgumentException if there is none that a load can call
     */
    static GrpcMethod find(LoadSpec spec, ManagedChannel channel) {
        String[] names = spec.url().getPath().substring(1).split("/", -1);
        ProtoFiles files =
                spec.descriptors().map(ProtoFiles::of).orElseGet(() -> new ServerReflection(channel).filesOf(names[0]));
        ServiceDescriptor service =
                files.service(names[0]).orElseThrow(() -> unknown("service", names[0], files.serviceNames()));
        MethodDescriptor method = service.findMethodByName(names[1]);
        if (method == null) {
            throw unknown(
                    "method",
                    names[1],
                    service.getMethods().stream().map(MethodDescriptor::getName).toList());
        }
        if (method.isClientStreaming()) {
            throw new IllegalArgumentException(
                    names[1] + " takes a stream of requests, and a load sends one each time");
        }
        return new GrpcMethod(method);
    }

    static IllegalArgumentException unknown(String what, String name, Iterable<String> known) {
        return new IllegalArgumentException(
                "there is no " + what + " " + name + "; nearest are " + NearestNames.to(name, known));
    }

    /** As calls need it. */
    io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> descriptor() {
        return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(method.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(
                        method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(marshaller(method.getInputType()))
                .setResponseMarshaller(marshaller(method.getOutputType()))
                .build();
    }

    private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    /**
     * A request of it.
     *
     * @param json empty for one without fields
     * @throws IllegalArgumentException if it is none
     */
    DynamicMessage request(String json) {
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
        try {
            JsonFormat.parser().merge(json.isEmpty() ? "{}" : json, request);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "body " + json + " is no " + method.getInputType().getFullName() + ": " + e.getMessage(), e);
        }
        return request.build();
    }

    /** A message of an answer, in one line. */
    String json(DynamicMessage message) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException e) {
            return ""; // an Any of a type that nobody described
        }
    }
}
