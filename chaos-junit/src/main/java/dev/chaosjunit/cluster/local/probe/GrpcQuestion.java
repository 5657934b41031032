// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.manifest.Probe.Grpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** Whether gRPC's health service says SERVING, over cleartext as the kubelet asks it. */
record GrpcQuestion(Grpc grpc, Route route) implements Question {

    private static final String METHOD = "/grpc.health.v1.Health/Check";

    /** The key of field 1 in each of the two messages: a string in the one that is sent, a number in the other. */
    private static final int SERVICE = 0x0a;

    private static final int STATUS = 0x08;
    private static final int SERVING = 1;

    @Override
    public Answer ask(Duration connect, Duration all) {
        String of = grpc.service().isEmpty() ? "" : ", service " + grpc.service();
        String question = "gRPC health of " + route.to(grpc.port()) + of + ": ";
        long until = System.nanoTime() + all.toNanos();
        try (Connection connection = Connection.open(route, grpc.port(), connect, until)) {
            int status = status(new GrpcCall(connection.input(), connection.output())
                    .unary(route.to(grpc.port()), METHOD, request()));
            return new Answer(status == SERVING, question + name(status));
        } catch (IOException e) {
            return new Answer(false, question + e.getMessage());
        }
    }

    private byte[] request() {
        byte[] service = grpc.service().getBytes(UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (service.length > 0) {
            message.write(SERVICE);
            int length = service.length;
            for (; length > 0x7f; length >>= 7) {
                message.write((length & 0x7f) | 0x80);
            }
            message.write(length);
            message.writeBytes(service);
        }
        return message.toByteArray();
    }

    /** Zero is not sent. */
    private static int status(byte[] answer) throws IOException {
        if (answer.length == 0) {
            return 0;
        }
        if (answer.length < 2 || answer[0] != STATUS) {
            throw new IOException("no answer of the health service");
        }
        return answer[1];
    }

    private static String name(int status) {
        return switch (status) {
            case 0 -> "UNKNOWN";
            case SERVING -> "SERVING";
            case 2 -> "NOT_SERVING";
            case 3 -> "SERVICE_UNKNOWN";
            default -> "status " + status;
        };
    }
}
