// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"context"
	"time"

	"google.golang.org/grpc/status"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
)

// Slow is a bank that does at once what it is asked for, and says so later: who does not hear of it cannot know.
type Slow struct {
	*Service
	after time.Duration
}

// NewSlow answers after a while.
func NewSlow(after time.Duration) *Slow {
	return &Slow{NewService(), after}
}

// CreatePayment takes a payment, even where nobody waits for the answer any more.
func (s *Slow) CreatePayment(ctx context.Context, in *paymentv1.CreatePaymentRequest) (*paymentv1.Payment, error) {
	payment, err := s.Service.CreatePayment(ctx, in)
	if err != nil {
		return nil, err
	}
	return payment, s.wait(ctx)
}

// GetPayment finds one of the latest payments.
func (s *Slow) GetPayment(ctx context.Context, in *paymentv1.GetPaymentRequest) (*paymentv1.Payment, error) {
	payment, err := s.Service.GetPayment(ctx, in)
	if err != nil {
		return nil, err
	}
	return payment, s.wait(ctx)
}

func (s *Slow) wait(ctx context.Context) error {
	defer begun(ctx)()
	select {
	case <-time.After(s.after):
		return nil
	case <-ctx.Done():
		err := status.FromContextError(ctx.Err()).Err()
		givenUp(err)
		return err
	}
}
