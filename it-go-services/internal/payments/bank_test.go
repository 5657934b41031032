// SPDX-License-Identifier: Apache-2.0

package payments

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

var demo = &paymentv1.GetPaymentRequest{Id: "demo"}

// bank answers after a while, and tells what its handler's context ended of.
type bank struct {
	paymentv1.UnimplementedPaymentsServer
	after time.Duration
	ended chan error
}

func (b *bank) GetPayment(ctx context.Context, _ *paymentv1.GetPaymentRequest) (*paymentv1.Payment, error) {
	select {
	case <-time.After(b.after):
		return &paymentv1.Payment{}, nil
	case <-ctx.Done():
		b.ended <- ctx.Err()
		return nil, ctx.Err()
	}
}

func cleared(t *testing.T, b *bank, timeout time.Duration, habits fragile.Habits) *Cleared {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	paymentv1.RegisterPaymentsServer(server, b)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	c, err := NewCleared("passthrough:///"+listener.Addr().String(), timeout, habits)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPaymentIsFoundOnceTheBankHasAnswered(t *testing.T) {
	c := cleared(t, &bank{}, time.Minute, fragile.Habits{})
	if got, err := c.GetPayment(t.Context(), demo); err != nil || got.GetId() != "demo" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTheTimeOutReachesTheBanksHandler(t *testing.T) {
	b := &bank{after: time.Minute, ended: make(chan error, 1)}
	c := cleared(t, b, 50*time.Millisecond, fragile.Habits{})
	before := testutil.ToFloat64(callsGivenUp.WithLabelValues("deadline"))
	if _, err := c.GetPayment(t.Context(), demo); status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("got %v, want DeadlineExceeded", err)
	}
	if err := <-b.ended; err == nil {
		t.Error("the bank's handler saw no end")
	}
	if got := testutil.ToFloat64(callsGivenUp.WithLabelValues("deadline")) - before; got != 1 {
		t.Errorf("counted %v, want 1", got)
	}
}

func TestACallerThatGoesReachesTheBanksHandler(t *testing.T) {
	b := &bank{after: time.Minute, ended: make(chan error, 1)}
	c := cleared(t, b, 0, fragile.Habits{})
	ctx, hangUp := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, hangUp)
	if _, err := c.GetPayment(ctx, demo); status.Code(err) != codes.Canceled {
		t.Errorf("got %v, want Canceled", err)
	}
	if err := <-b.ended; err == nil {
		t.Error("the bank's handler saw no end")
	}
}

func TestWithoutTimeOutsACallOutlivesItsCaller(t *testing.T) {
	b := &bank{after: 200 * time.Millisecond, ended: make(chan error, 1)}
	c := cleared(t, b, 50*time.Millisecond, fragile.Habits{NoTimeout: true})
	ctx, hangUp := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, hangUp)
	if _, err := c.GetPayment(ctx, demo); err != nil {
		t.Errorf("got %v", err)
	}
}
