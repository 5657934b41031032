// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"context"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

func TestASlowBankHasTakenThePaymentOfACallerWhoHasGone(t *testing.T) {
	before, cancelled := testutil.ToFloat64(taken), testutil.ToFloat64(callsGivenUp.WithLabelValues("cancelled"))
	ctx, hangUp := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, hangUp)
	_, err := NewSlow(time.Minute).CreatePayment(ctx, &paymentv1.CreatePaymentRequest{OrderId: "7", AmountCents: 5})
	if status.Code(err) != codes.Canceled {
		t.Errorf("got %v, want Canceled", err)
	}
	if got := testutil.ToFloat64(taken) - before; got != 1 {
		t.Errorf("took %v payments, want 1", got)
	}
	if got := testutil.ToFloat64(callsGivenUp.WithLabelValues("cancelled")) - cancelled; got != 1 {
		t.Errorf("counted %v, want 1", got)
	}
}

func TestASlowBankAnswersAfterAWhile(t *testing.T) {
	start := time.Now()
	if got, err := NewSlow(20*time.Millisecond).GetPayment(t.Context(), demo); err != nil || got.GetId() != "demo" {
		t.Errorf("got %v, %v", got, err)
	}
	if took := time.Since(start); took < 20*time.Millisecond {
		t.Errorf("answered after %v", took)
	}
}

func TestTheBankIsAskedForEachPayment(t *testing.T) {
	c := cleared(t, &bank{}, time.Minute, fragile.Habits{}) // it takes no payments
	_, err := c.CreatePayment(t.Context(), &paymentv1.CreatePaymentRequest{OrderId: "7", AmountCents: 5})
	if status.Code(err) != codes.Unimplemented {
		t.Errorf("got %v, want the bank's own answer", err)
	}
}
