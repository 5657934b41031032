// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

var (
	callsInHand = promauto.NewGauge(prometheus.GaugeOpts{
		Name: "payments_in_hand", Help: "Calls that have begun and not ended."})
	callsGivenUp = promauto.NewCounterVec(prometheus.CounterOpts{
		Name: "payments_given_up_total", Help: "Calls whose handler saw its context end, by why."}, []string{"why"})
)

// Cleared is a service that asks a bank, which is another payment-service, before it finds a payment.
type Cleared struct {
	*Service
	bank    paymentv1.PaymentsClient
	timeout time.Duration // of a call, whatever its caller allows; 0: as long as that
	habits  fragile.Habits
}

// NewCleared asks the bank at a target.
func NewCleared(target string, timeout time.Duration, habits fragile.Habits) (*Cleared, error) {
	conn, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDisableServiceConfig())
	if err != nil {
		return nil, err
	}
	return &Cleared{NewService(), paymentv1.NewPaymentsClient(conn), timeout, habits}, nil
}

// GetPayment finds one of the latest payments, once the bank has answered.
func (c *Cleared) GetPayment(ctx context.Context, in *paymentv1.GetPaymentRequest) (*paymentv1.Payment, error) {
	callsInHand.Inc()
	defer callsInHand.Dec()
	if c.habits.NoTimeout {
		ctx = context.WithoutCancel(ctx)
	} else if c.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.timeout)
		defer cancel()
	}
	if _, err := c.bank.GetPayment(ctx, &paymentv1.GetPaymentRequest{Id: "demo"}); err != nil {
		givenUp(err)
		return nil, err
	}
	return c.Service.GetPayment(ctx, in)
}

// givenUp counts a call whose caller has gone, or whose time is over: both come along from its caller.
func givenUp(err error) {
	switch status.Code(err) {
	case codes.Canceled:
		callsGivenUp.WithLabelValues("cancelled").Inc()
	case codes.DeadlineExceeded:
		callsGivenUp.WithLabelValues("deadline").Inc()
	}
}
