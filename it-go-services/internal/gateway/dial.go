// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

const (
	orderTimeout = 300 * time.Millisecond // for each of two attempts
	idleTimeout  = 5 * time.Second        // then connections are closed until the next call
)

// DialOrders returns a connection to all replicas of order-service, which target must resolve to.
func DialOrders(target string, habits fragile.Habits, log *zap.Logger) (*grpc.ClientConn, error) {
	return dial(target, retryElsewhere(habits, log),
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"`+elsewhere+`": {}}]}`))
}

func dial(target string, interceptor grpc.UnaryClientInterceptor, more ...grpc.DialOption) (*grpc.ClientConn, error) {
	return grpc.NewClient(target, append(more,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithUnaryInterceptor(interceptor),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()),
		grpc.WithIdleTimeout(idleTimeout),
		grpc.WithDisableServiceConfig(), // our own is the only one: no TXT look-ups
	)...)
}
