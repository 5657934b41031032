// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// UnaryServerInterceptor lets calls be followed. Otelgrpc's stats handler, which begins the span, comes before any
// interceptor.
func UnaryServerInterceptor() grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (reply any, err error) {
		Serve(ctx, incoming(ctx), func(ctx context.Context) { reply, err = handle(ctx, req) })
		return reply, err
	}
}

// StreamServerInterceptor does the same for streams.
func StreamServerInterceptor() grpc.StreamServerInterceptor {
	return func(server any, stream grpc.ServerStream, _ *grpc.StreamServerInfo, handle grpc.StreamHandler) (err error) {
		Serve(stream.Context(), incoming(stream.Context()), func(ctx context.Context) {
			err = handle(server, serverStream{stream, ctx})
		})
		return err
	}
}

type serverStream struct {
	grpc.ServerStream
	ctx context.Context
}

func (s serverStream) Context() context.Context {
	return s.ctx
}

func incoming(ctx context.Context) metadataCarrier {
	md, _ := metadata.FromIncomingContext(ctx)
	return metadataCarrier(md)
}

// metadataCarrier is the metadata of a call as OpenTelemetry wants to see it.
type metadataCarrier metadata.MD

func (m metadataCarrier) Get(key string) string {
	if values := metadata.MD(m).Get(key); len(values) > 0 {
		return values[0]
	}
	return ""
}

func (m metadataCarrier) Set(key, value string) {
	metadata.MD(m).Set(key, value)
}

func (m metadataCarrier) Keys() []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	return keys
}
