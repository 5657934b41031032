// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
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

func newHandler(t *testing.T, orderTarget, paymentTarget string, habits fragile.Habits) http.Handler {
	t.Helper()
	orders, err := DialOrders(orderTarget, habits, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { orders.Close() })
	payments, err := DialPayments(paymentTarget, habits, zap.NewNop())
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
