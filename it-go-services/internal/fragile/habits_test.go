// SPDX-License-Identifier: Apache-2.0

package fragile

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction(leaks))
}

const leaks = "github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile.Habits.Called.func1"

func TestParseKnowsEachHabit(t *testing.T) {
	for list, want := range map[string]Habits{
		"":                            {},
		"no-breaker":                  {NoBreaker: true},
		"no-timeout":                  {NoTimeout: true},
		"leak":                        {Leak: true},
		"no-reconnect":                {NoReconnect: true},
		"retry-payments":              {RetryPayments: true},
		"no-fallback":                 {NoFallback: true},
		"no-completion-timeout":       {NoCompletionTimeout: true},
		"no-signature":                {NoSignature: true},
		"no-expiry":                   {NoExpiry: true},
		"signature-panics":            {SignaturePanics: true},
		"retry-orders":                {RetryOrders: true},
		"forgets-chaos":               {ForgetsChaos: true},
		"loses-context":               {LosesContext: true},
		"slow-memory":                 {SlowMemory: true},
		"no-breaker, no-timeout,leak": {NoBreaker: true, NoTimeout: true, Leak: true},
	} {
		if got, err := parse(list); err != nil || got != want {
			t.Errorf("parse(%q) = %+v, %v; want %+v", list, got, err, want)
		}
	}
}

func TestParseRefusesUnknownHabit(t *testing.T) {
	_, err := parse("leak,smoking")
	if err == nil || !strings.Contains(err.Error(), `"smoking"`) {
		t.Errorf("got error %v, want one that names smoking", err)
	}
}

func TestWithTimeoutEndsTheCall(t *testing.T) {
	ctx, cancel := Habits{}.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	<-ctx.Done()
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Errorf("got %v, want deadline exceeded", ctx.Err())
	}
}

func TestWithoutTimeoutTheCallOutlivesItsCaller(t *testing.T) {
	caller, hangUp := context.WithCancel(t.Context())
	ctx, cancel := Habits{NoTimeout: true}.WithTimeout(caller, time.Millisecond)
	defer cancel()
	hangUp()
	if _, limited := ctx.Deadline(); limited || ctx.Done() != nil {
		t.Error("the call can end before its answer")
	}
}

func TestLeakIsOneGoroutinePerFailedCall(t *testing.T) {
	failure, before := errors.New("no answer"), leaked()
	for range 3 {
		Habits{}.Called(failure)
		Habits{Leak: true}.Called(nil)
	}
	if got := leaked() - before; got != 0 {
		t.Errorf("%d goroutines leaked before any fragile call failed", got)
	}
	for range 3 {
		Habits{Leak: true}.Called(failure)
	}
	if got := leaked() - before; got != 3 {
		t.Errorf("%d goroutines leaked, want 3", got)
	}
}

func leaked() int {
	stacks := make([]byte, 1<<20)
	return strings.Count(string(stacks[:runtime.Stack(stacks, true)]), "created by "+strings.TrimSuffix(leaks, ".func1"))
}
