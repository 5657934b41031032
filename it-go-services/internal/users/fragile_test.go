// SPDX-License-Identifier: Apache-2.0

package users

import (
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/outgoing"
)

const leakedGoroutine = "github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile.Habits.Called.func1"

func TestWithoutBreakerEachFailedCallIsAFailedAnswer(t *testing.T) {
	auth := newAuthService(t)
	auth.broken.Store(true)
	h := newHandler(auth, fragile.Habits{NoBreaker: true})
	for range 20 {
		if status, _ := get(t, h, "/users/1", ""); status != http.StatusBadGateway {
			t.Fatalf("got %d, want 502", status)
		}
	}
	if calls := auth.calls.Load(); calls != 20 {
		t.Errorf("%d calls reached auth-service, want all 20", calls)
	}
}

func TestWithoutTimeoutAHangingCallIsWaitedFor(t *testing.T) {
	auth := newAuthService(t)
	auth.hang = make(chan struct{})
	h := newHandler(auth, fragile.Habits{NoTimeout: true})
	answered := make(chan any, 1)
	go func() {
		_, body := get(t, h, "/users/1", "")
		answered <- body["degraded"]
	}()
	select {
	case <-answered:
		t.Error("answered before auth-service did")
	case <-time.After(3 * authTimeout):
	}
	close(auth.hang)
	if degraded := <-answered; degraded != false {
		t.Error("the answer is degraded although auth-service did answer")
	}
}

func TestLeakLeavesAGoroutinePerFailedCall(t *testing.T) {
	auth := newAuthService(t)
	auth.broken.Store(true)
	healthy, leaky := newHandler(auth, fragile.Habits{}), newHandler(auth, fragile.Habits{Leak: true})
	before := leaked()
	for range 20 {
		get(t, healthy, "/users/1", "")
	}
	if got := leaked() - before; got != 0 {
		t.Fatalf("the healthy service leaked %d goroutines", got)
	}
	for range 20 {
		get(t, leaky, "/users/1", "")
	}
	if got := leaked() - before; got != outgoing.BreakerFailures {
		t.Errorf("%d goroutines leaked, want %d: calls that the breaker refused are none", got, outgoing.BreakerFailures)
	}
}

func leaked() int {
	stacks := make([]byte, 1<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), "\n"+leakedGoroutine+"(")
}
