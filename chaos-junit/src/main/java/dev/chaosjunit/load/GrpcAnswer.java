// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.google.protobuf.DynamicMessage;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;

/** What comes back from one call: a stream of messages is one answer, which ends with its status. */
final class GrpcAnswer extends ClientCall.Listener<DynamicMessage> {
    private final Flight flight;
    private final Expected expected;
    private final GrpcMethod method;
    private final ManagedChannel channel;
    private boolean hasBody;

    GrpcAnswer(Flight flight, Expected expected, GrpcMethod method, ManagedChannel channel) {
        this.flight = flight;
        this.expected = expected;
        this.method = method;
        this.channel = channel;
        this.hasBody = expected.body().isEmpty();
    }

    @Override
    public void onMessage(DynamicMessage message) {
        hasBody = hasBody || method.json(message).contains(expected.body());
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (status.getCause() instanceof Exception cause) {
            lost(cause);
        } else if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            flight.expired();
        } else if (status.isOk()) {
            flight.answered(hasBody ? null : expected.missing("gRPC OK"));
        } else {
            flight.answered("gRPC " + status.getCode());
        }
    }

    /** The next call tries to connect at once, as with HTTP: by itself, a channel waits for up to two minutes. */
    private void lost(Exception cause) {
        channel.resetConnectBackoff();
        flight.failed(cause);
    }
}
