// SPDX-License-Identifier: Apache-2.0

package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

func TestBothServicesTakeTheirTurns(t *testing.T) {
	without, with, err := measure(plan{turns: 2, turn: 20 * time.Millisecond, rate: 1000, atOnce: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(without) != 2 || len(with) != 2 {
		t.Fatalf("%d and %d turns, want 2 of each", len(without), len(with))
	}
	for _, measured := range append(without, with...) {
		if measured.p50 <= 0 || measured.p99 < measured.p50 || measured.throughput <= 0 {
			t.Errorf("got %+v", measured)
		}
	}
}

// BenchmarkHandlers is the services without network: go test -bench . ./internal/otelbench
func BenchmarkHandlers(b *testing.B) {
	alone, _ := plain()
	whole, _ := followed()
	for name, handler := range map[string]http.Handler{"otelhttp alone": alone, "with chaosotel": whole} {
		for kind, fill := range map[string]func(*http.Request){"with an id": carry, "without": func(*http.Request) {}} {
			b.Run(name+", "+kind, func(b *testing.B) {
				request := httptest.NewRequest(http.MethodGet, "/", nil)
				fill(request)
				b.ReportAllocs()
				for b.Loop() {
					handler.ServeHTTP(httptest.NewRecorder(), request)
				}
			})
		}
	}
}
