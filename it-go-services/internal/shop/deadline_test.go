// SPDX-License-Identifier: Apache-2.0

package shop

import (
	"net/http"
	"testing"

	"go.opentelemetry.io/otel"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
	"github.com/chaos-junit/chaos-junit/it-go-services/internal/fragile"
)

const none = -1

// hop is a span, and the most that may be left of its deadline.
type hop struct {
	kind trace.SpanKind
	most int64
}

func TestEachHopTellsWhatIsLeftOfItsDeadline(t *testing.T) {
	server, client := trace.SpanKindServer, trace.SpanKindClient
	for name, test := range map[string]struct {
		habits fragile.Habits
		want   []hop
	}{
		// HTTP passes no deadline on; gRPC, between gateway and order-service, does.
		"by default": {fragile.Habits{}, []hop{{server, none}, {client, 300}, {server, 300},
			{client, 275}, {server, none}, {client, 250}, {server, none}}},
		"no-timeout": {fragile.Habits{NoTimeout: true}, []hop{{server, none}, {client, none}, {server, none},
			{client, none}, {server, none}, {client, none}, {server, none}}},
	} {
		t.Run(name, func(t *testing.T) {
			spans := ofAnOrder(t, test.habits)
			if len(spans) != len(test.want) {
				t.Fatalf("got %d spans, want %d", len(spans), len(test.want))
			}
			for i, want := range test.want {
				left := left(spans[i])
				if spans[i].SpanKind() != want.kind || (left == none) != (want.most == none) || left > want.most {
					t.Errorf("span %d, %s: %s with %d ms left, want %s with at most %d",
						i, spans[i].Name(), spans[i].SpanKind(), left, want.kind, want.most)
				}
			}
		})
	}
}

// ofAnOrder are the spans of a request, as they began.
func ofAnOrder(t *testing.T, habits fragile.Habits) []sdk.ReadWriteSpan {
	spans := tracetest.NewSpanRecorder()
	provider := sdk.NewTracerProvider(
		sdk.WithSpanProcessor(chaosotel.SpanProcessor{}), sdk.WithSpanProcessor(spans))
	before := otel.GetTracerProvider()
	otel.SetTracerProvider(provider)
	defer otel.SetTracerProvider(before)
	shop := open(t, habits, zap.NewNop())
	if got := shop.order(t, http.Header{}); got["customerName"] != "Ada Lovelace" {
		t.Fatalf("got %v", got)
	}
	return spans.Started()
}

func left(span sdk.ReadWriteSpan) int64 {
	for _, a := range span.Attributes() {
		if a.Key == chaosotel.DeadlineKey {
			return a.Value.AsInt64()
		}
	}
	return none
}
