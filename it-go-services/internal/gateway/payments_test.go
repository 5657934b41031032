// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"google.golang.org/grpc"

	paymentv1 "github.com/chaos-junit/chaos-junit/it-go-services/api/payment/v1"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
)

// unused is the target of a service that a test does not call.
const unused = "passthrough:///unused"

func TestPaymentGoesThrough(t *testing.T) {
	h := newHandler(t, unused, listenPayments(t, newPaymentServer(t)), fragile.Habits{})
	status, body := send(t, h, http.MethodPost, "/v1/payments", `{"orderId":"7","amountCents":"5"}`)
	if status != http.StatusOK || body["id"] != "p1" || body["orderId"] != "7" || body["amountCents"] != "5" {
		t.Errorf("got %d %v", status, body)
	}
}

func TestHangingPaymentIsGivenUpAndNotRepeated(t *testing.T) {
	hanging := newPaymentServer(t)
	hanging.hanging.Store(true)
	h := newHandler(t, unused, listenPayments(t, hanging), fragile.Habits{})
	status, _ := send(t, h, http.MethodPost, "/v1/payments", `{"orderId":"7","amountCents":"5"}`)
	if status != http.StatusGatewayTimeout {
		t.Errorf("got %d, want 504", status)
	}
	if got := hanging.calls.Load(); got != 1 {
		t.Errorf("paid %d times, want once", got)
	}
}

func TestPaymentServiceIsLeftAloneWhereItHangs(t *testing.T) {
	hanging := newPaymentServer(t)
	hanging.hanging.Store(true)
	h := newHandler(t, unused, listenPayments(t, hanging), fragile.Habits{})
	var statuses []int
	for range outgoing.BreakerFailures + 1 {
		status, _ := send(t, h, http.MethodPost, "/v1/payments", `{"orderId":"7","amountCents":"5"}`)
		statuses = append(statuses, status)
	}
	if statuses[0] != http.StatusGatewayTimeout || statuses[outgoing.BreakerFailures] != http.StatusServiceUnavailable {
		t.Errorf("got %v, want 504 and at last 503", statuses)
	}
	if got := hanging.calls.Load(); got != outgoing.BreakerFailures {
		t.Errorf("called %d times, want %d", got, outgoing.BreakerFailures)
	}
}

func TestWithoutBreakerAHangingPaymentServiceIsCalledOnAndOn(t *testing.T) {
	hanging := newPaymentServer(t)
	hanging.hanging.Store(true)
	h := newHandler(t, unused, listenPayments(t, hanging), fragile.Habits{NoBreaker: true})
	for range outgoing.BreakerFailures + 1 {
		send(t, h, http.MethodPost, "/v1/payments", `{"orderId":"7","amountCents":"5"}`)
	}
	if got := hanging.calls.Load(); got != outgoing.BreakerFailures+1 {
		t.Errorf("called %d times, want %d", got, outgoing.BreakerFailures+1)
	}
}

// breakable is a listener whose latest connection can be broken.
type breakable struct {
	net.Listener
	latest chan net.Conn
}

func (b breakable) Accept() (net.Conn, error) {
	conn, err := b.Listener.Accept()
	if err == nil {
		b.latest <- conn
	}
	return conn, err
}

func TestBrokenConnectionIsMadeAgain(t *testing.T) {
	if got := statusAfterABrokenConnection(t, fragile.Habits{}); got != http.StatusOK {
		t.Errorf("got %d, want 200", got)
	}
}

func TestWithoutReconnectABrokenConnectionIsTheEnd(t *testing.T) {
	if got := statusAfterABrokenConnection(t, fragile.Habits{NoReconnect: true}); got != http.StatusServiceUnavailable {
		t.Errorf("got %d, want 503", got)
	}
}

// statusAfterABrokenConnection is that of a payment, once the one that noticed has failed.
func statusAfterABrokenConnection(t *testing.T, habits fragile.Habits) int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := breakable{listener, make(chan net.Conn, 8)}
	payments := newPaymentServer(t)
	target := serve(t, server, func(r grpc.ServiceRegistrar) { paymentv1.RegisterPaymentsServer(r, payments) })
	h := newHandler(t, unused, target, habits)
	pay := func() int {
		status, _ := send(t, h, http.MethodPost, "/v1/payments", `{"orderId":"7","amountCents":"5"}`)
		return status
	}
	if got := pay(); got != http.StatusOK {
		t.Fatalf("got %d before anything broke", got)
	}
	_ = (<-server.latest).Close()
	pay()
	return pay()
}

func newHandler(t *testing.T, orderTarget, paymentTarget string, habits fragile.Habits) http.Handler {
	t.Helper()
	orders, err := DialOrders(orderTarget, habits, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { orders.Close() })
	payments, err := DialPayments(Payments{Target: paymentTarget, Timeout: 300 * time.Millisecond, Breaker: true}, habits, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { payments.Close() })
	h, err := NewHandler(t.Context(), orders, payments)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func send(t *testing.T, h http.Handler, method, path, body string) (status int, answer map[string]any) {
	t.Helper()
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body)))
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Errorf("answer %q is not JSON: %v", recorder.Body, err)
	}
	return recorder.Code, answer
}
