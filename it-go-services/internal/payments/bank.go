// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"context"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

// Cleared is a service that asks a bank, which is another payment-service, before it takes or finds a payment.
type Cleared struct {
	*Service
	bank    paymentv1.PaymentsClient
	timeout time.Duration // of a call, whatever its caller allows; 0: as long as that
	habits  fragile.Habits
}

// NewCleared asks the bank at a target.
func NewCleared(target string, timeout time.Duration, habits fragile.Habits) (*Cleared, error) {
	conn, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler()), grpc.WithDisableServiceConfig())
	if err != nil {
		return nil, err
	}
	return &Cleared{NewService(), paymentv1.NewPaymentsClient(conn), timeout, habits}, nil
}

// CreatePayment takes a payment, once the bank has.
func (c *Cleared) CreatePayment(ctx context.Context, in *paymentv1.CreatePaymentRequest) (*paymentv1.Payment, error) {
	err := c.ask(ctx, func(ctx context.Context) error {
		_, err := c.bank.CreatePayment(ctx, in)
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.Service.CreatePayment(ctx, in)
}

// GetPayment finds one of the latest payments, once the bank has answered.
func (c *Cleared) GetPayment(ctx context.Context, in *paymentv1.GetPaymentRequest) (*paymentv1.Payment, error) {
	err := c.ask(ctx, func(ctx context.Context) error {
		_, err := c.bank.GetPayment(ctx, &paymentv1.GetPaymentRequest{Id: "demo"})
		return err
	})
	if err != nil {
		return nil, err
	}
	return c.Service.GetPayment(ctx, in)
}

func (c *Cleared) ask(ctx context.Context, bank func(context.Context) error) error {
	defer begun(ctx)()
	if c.habits.NoTimeout {
		ctx = context.WithoutCancel(ctx)
	} else if c.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.timeout)
		defer cancel()
	}
	err := bank(ctx)
	givenUp(err)
	return err
}
