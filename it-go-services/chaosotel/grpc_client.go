// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// UnaryClientInterceptor lets calls carry the id of their context. It is needed only where a connection has no otelgrpc, or
// Propagator is not installed.
func UnaryClientInterceptor() grpc.UnaryClientInterceptor {
	return func(ctx context.Context, method string, req, reply any, conn *grpc.ClientConn,
		invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		return invoke(outgoing(ctx), method, req, reply, conn, opts...)
	}
}

// StreamClientInterceptor does the same for streams.
func StreamClientInterceptor() grpc.StreamClientInterceptor {
	return func(ctx context.Context, desc *grpc.StreamDesc, conn *grpc.ClientConn, method string,
		open grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
		return open(outgoing(ctx), desc, conn, method, opts...)
	}
}

func outgoing(ctx context.Context) context.Context {
	if _, ok := FromContext(ctx); !ok {
		return ctx
	}
	md, ok := metadata.FromOutgoingContext(ctx)
	if !ok {
		md = metadata.MD{}
	}
	Propagator{}.Inject(ctx, metadataCarrier(md))
	return metadata.NewOutgoingContext(ctx, md)
}
