// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"net"
	"net/http"
	"testing"
	"time"

	"google.golang.org/grpc"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

func TestALookUpWhoseConnectionBreaksIsRepeated(t *testing.T) {
	status, calls := brokenInFlight(t, fragile.Habits{}, http.MethodGet, "/v1/payments/p1", "")
	if status != http.StatusOK || calls != 2 {
		t.Errorf("got %d after %d calls, want 200 after 2", status, calls)
	}
}

func TestAPaymentWhoseConnectionBreaksIsNotRepeated(t *testing.T) {
	status, calls := brokenInFlight(t, fragile.Habits{}, http.MethodPost, "/v1/payments", `{"orderId":"7"}`)
	if status != http.StatusServiceUnavailable || calls != 1 {
		t.Errorf("got %d after %d calls, want 503 after 1", status, calls)
	}
}

func TestWhoRepeatsPaymentsPaysTwice(t *testing.T) {
	habits := fragile.Habits{RetryPayments: true}
	status, calls := brokenInFlight(t, habits, http.MethodPost, "/v1/payments", `{"orderId":"7"}`)
	if status != http.StatusOK || calls != 2 {
		t.Errorf("got %d after %d calls, want 200 after 2", status, calls)
	}
}

// brokenInFlight is how a request ends whose connection breaks while payment-service has it in hand, and how often that was
// called.
func brokenInFlight(t *testing.T, habits fragile.Habits, method, path, body string) (status int, calls int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := breakable{listener, make(chan net.Conn, 8)}
	payments := newPaymentServer(t)
	payments.hanging.Store(true)
	target := serve(t, server, func(r grpc.ServiceRegistrar) { paymentv1.RegisterPaymentsServer(r, payments) })
	h := newHandler(t, unused, target, habits)
	answered := make(chan int, 1)
	go func() {
		status, _ := send(t, h, method, path, body)
		answered <- status
	}()
	for payments.calls.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	payments.hanging.Store(false) // from now on
	_ = (<-server.latest).Close()
	return <-answered, payments.calls.Load()
}
