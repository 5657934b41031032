// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"context"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
)

const (
	orderTimeout   = 300 * time.Millisecond // for each of two attempts
	paymentTimeout = time.Second
	idleTimeout    = 5 * time.Second // then connections are closed until the next call
)

// DialOrders returns a connection to all replicas of order-service, which target must resolve to.
func DialOrders(target string, habits fragile.Habits, log *zap.Logger) (*grpc.ClientConn, error) {
	return dial(target, retryElsewhere(habits, log),
		grpc.WithDefaultServiceConfig(`{"loadBalancingConfig": [{"`+elsewhere+`": {}}]}`))
}

// DialPayments returns a connection to payment-service. Its calls are not repeated: to pay twice is not to retry.
func DialPayments(target string, habits fragile.Habits, log *zap.Logger) (*grpc.ClientConn, error) {
	var more []grpc.DialOption
	if habits.NoReconnect {
		more = append(more, grpc.WithContextDialer(dialOnce()))
	}
	return dial(target, func(ctx context.Context, method string, req, reply any, conn *grpc.ClientConn,
		invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		ctx, cancel := habits.WithTimeout(ctx, paymentTimeout)
		defer cancel()
		err := invoke(ctx, method, req, reply, conn, opts...)
		habits.Called(err)
		if err != nil {
			log.Warn("payment-service did not do it", zap.Error(err), logging.Trace(ctx))
		}
		return err
	}, more...)
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
