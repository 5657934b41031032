// SPDX-License-Identifier: Apache-2.0

package gateway

import (
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"google.golang.org/grpc/resolver"
	"google.golang.org/grpc/resolver/manual"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

const leakedGoroutine = "github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile.Habits.Called.func1"

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(leakedGoroutine)) // leaked by TestLeak... on purpose
}

func TestSlowReplicaIsAskedOnceAndThenTheOther(t *testing.T) {
	slow, fast := newOrderServer(t), newOrderServer(t)
	h := newHandler(t, orderTarget(t, slow, fast), unused, fragile.Habits{})
	for slow.calls.Load() == 0 || fast.calls.Load() == 0 { // until gateway is connected to both
		if status, body := send(t, h, http.MethodGet, "/v1/orders/2", ""); status != http.StatusOK {
			t.Fatalf("got %d %v, want 200", status, body)
		}
	}
	slow.hanging.Store(true)
	start := slow.calls.Load()
	for range 6 {
		before := slow.calls.Load()
		if status, body := send(t, h, http.MethodGet, "/v1/orders/2", ""); status != http.StatusOK {
			t.Errorf("got %d %v, want 200", status, body)
		}
		if asked := slow.calls.Load() - before; asked > 1 {
			t.Errorf("one call asked the slow replica %d times", asked)
		}
	}
	if slow.calls.Load() == start {
		t.Error("the slow replica was never asked: nothing was tested")
	}
}

func TestAnswersThatAnyReplicaWouldGiveAreNotAskedForTwice(t *testing.T) {
	h := newHandler(t, listenPayments(t, newPaymentServer(t)), unused, fragile.Habits{}) // has no Orders API
	if status, _ := send(t, h, http.MethodGet, "/v1/orders/2", ""); status != http.StatusNotImplemented {
		t.Errorf("got %d, want 501", status)
	}
}

func TestNoReplicaAnswers(t *testing.T) {
	slow := newOrderServer(t)
	slow.hanging.Store(true)
	h := newHandler(t, orderTarget(t, slow), unused, fragile.Habits{})
	if status, _ := send(t, h, http.MethodGet, "/v1/orders/2", ""); status != http.StatusGatewayTimeout {
		t.Errorf("got %d, want 504", status)
	}
	if got := slow.calls.Load(); got != 2 {
		t.Errorf("asked %d times, want 2", got)
	}
}

func TestRetryStormAsksAgainAndAgain(t *testing.T) {
	slow := newOrderServer(t)
	slow.hanging.Store(true)
	h := newHandler(t, orderTarget(t, slow), unused, fragile.Habits{RetryOrders: true})
	if status, _ := send(t, h, http.MethodGet, "/v1/orders/2", ""); status != http.StatusGatewayTimeout {
		t.Errorf("got %d, want 504", status)
	}
	if got := slow.calls.Load(); got != 1+storm {
		t.Errorf("asked %d times, want %d", got, 1+storm)
	}
}

func TestWithoutTimeoutASlowReplicaIsWaitedFor(t *testing.T) {
	slow := newOrderServer(t)
	slow.hanging.Store(true)
	h := newHandler(t, orderTarget(t, slow), unused, fragile.Habits{NoTimeout: true})
	answered := make(chan int, 1)
	go func() {
		status, _ := send(t, h, http.MethodGet, "/v1/orders/2", "")
		answered <- status
	}()
	select {
	case <-answered:
		t.Error("answered before the replica did")
	case <-time.After(3 * orderTimeout):
	}
	slow.answer()
	if status := <-answered; status != http.StatusOK {
		t.Errorf("got %d, want 200", status)
	}
}

func TestLeakLeavesAGoroutinePerFailedAttempt(t *testing.T) {
	slow := newOrderServer(t)
	slow.hanging.Store(true)
	h := newHandler(t, orderTarget(t, slow), unused, fragile.Habits{Leak: true})
	before := leaked()
	send(t, h, http.MethodGet, "/v1/orders/2", "")
	if got := leaked() - before; got != 2 {
		t.Errorf("%d goroutines leaked, want 2", got)
	}
}

func leaked() int {
	stacks := make([]byte, 1<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), "\n"+leakedGoroutine+"(")
}

// orderTarget returns a target that resolves to the replicas.
func orderTarget(t *testing.T, replicas ...*orderServer) string {
	t.Helper()
	var state resolver.State
	for _, replica := range replicas {
		state.Addresses = append(state.Addresses, resolver.Address{Addr: listenOrders(t, replica)})
	}
	// gRPC wants schemes in lower case, and each test its own.
	replicated := manual.NewBuilderWithScheme(strings.ToLower(t.Name()))
	replicated.InitialState(state)
	resolver.Register(replicated)
	return replicated.Scheme() + ":///order-service"
}
