// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"context"
	"errors"
	"path"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/sony/gobreaker/v2"
	"go.uber.org/zap"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/logging"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
)

var (
	asked = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "payment_calls_total", Help: "What users asked of payment-service, however often it was tried."}, []string{"method"})
	breakerOpened = promauto.NewCounter(prometheus.CounterOpts{
		Name: "payment_breaker_opened_total", Help: "How often payment-service was left alone."})
)

// Payments says how payment-service is called.
type Payments struct {
	Target  string
	Timeout time.Duration // of a call
	Breaker bool          // payment-service is left alone for a while where it fails again and again
}

// DialPayments returns a connection to payment-service. Of its calls those are repeated that change nothing: to pay twice is
// not to retry.
func DialPayments(payments Payments, habits fragile.Habits, log *zap.Logger) (*grpc.ClientConn, error) {
	more := []grpc.DialOption{grpc.WithDefaultServiceConfig(repeating(habits))}
	if habits.NoReconnect {
		more = append(more, grpc.WithContextDialer(dialOnce()))
	}
	call := func(ctx context.Context, invoke func(context.Context) error) error {
		ctx, cancel := habits.WithTimeout(ctx, payments.Timeout)
		defer cancel()
		err := invoke(ctx)
		habits.Called(err)
		if err != nil {
			log.Warn("payment-service did not do it", zap.Error(err), logging.Trace(ctx))
		}
		return err
	}
	if payments.Breaker && !habits.NoBreaker {
		call = leftAlone(newBreaker(log), call)
	}
	return dial(payments.Target, func(ctx context.Context, method string, req, reply any, conn *grpc.ClientConn,
		invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
		asked.WithLabelValues(path.Base(method)).Inc()
		return call(ctx, func(ctx context.Context) error { return invoke(ctx, method, req, reply, conn, opts...) })
	}, more...)
}

// caller makes a call.
type caller = func(ctx context.Context, invoke func(context.Context) error) error

// leftAlone refuses calls at once while the breaker is open: that is Unavailable, which becomes 503.
func leftAlone(breaker *gobreaker.CircuitBreaker[any], call caller) caller {
	return func(ctx context.Context, invoke func(context.Context) error) error {
		_, err := breaker.Execute(func() (any, error) { return nil, call(ctx, invoke) })
		if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
			return status.Error(codes.Unavailable, "payment-service is left alone for a while")
		}
		return err
	}
}

func newBreaker(log *zap.Logger) *gobreaker.CircuitBreaker[any] {
	settings := outgoing.Breaker("payment-service", log, func(from, to gobreaker.State) {
		if to == gobreaker.StateOpen && from == gobreaker.StateClosed {
			breakerOpened.Inc()
		}
	})
	// Any other answer is payment-service's own, and a user who hangs up says nothing about it.
	settings.IsSuccessful = func(err error) bool { return !replicaFailed(err) }
	return gobreaker.NewCircuitBreaker[any](settings)
}
