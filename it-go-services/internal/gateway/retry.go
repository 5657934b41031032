// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"context"

	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
)

// storm is how often a call is repeated by those who do not know when to stop.
const storm = 4

// retryElsewhere gives a replica orderTimeout to answer and then asks another one, once. Only for calls that change
// nothing.
func retryElsewhere(habits fragile.Habits, log *zap.Logger) grpc.UnaryClientInterceptor {
	retries := 1
	if habits.RetryOrders {
		retries = storm
	}
	return func(ctx context.Context, method string, req, reply any, conn *grpc.ClientConn,
		invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		attempt := func(ctx context.Context) error {
			ctx, cancel := habits.WithTimeout(ctx, orderTimeout)
			defer cancel()
			err := invoke(ctx, method, req, reply, conn, opts...)
			habits.Called(err)
			return err
		}
		ctx = withTried(ctx)
		err := attempt(ctx)
		for left := retries; left > 0 && replicaFailed(err) && ctx.Err() == nil; left-- {
			log.Warn("a replica did not answer, asking another one", zap.Error(err), logging.Trace(ctx))
			err = attempt(ctx)
		}
		return err
	}
}

// replicaFailed tells failures of one replica from answers that any replica would give.
func replicaFailed(err error) bool {
	code := status.Code(err)
	return code == codes.DeadlineExceeded || code == codes.Unavailable
}
