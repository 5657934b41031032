// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m)
}

// shop is what requests of these tests carry.
var shop = Chaos{ID: "ShopTest.slow/fault", Type: "NetworkDelay+DnsChaos"}

func TestNewContextIsInTheBaggageToo(t *testing.T) {
	ctx := NewContext(t.Context(), shop)
	if c, ok := FromContext(ctx); !ok || c != shop {
		t.Errorf("got %+v, %v", c, ok)
	}
	if got := baggage.FromContext(ctx).String(); got != "chaos.id=ShopTest.slow/fault,chaos.type=NetworkDelay+DnsChaos" &&
		got != "chaos.type=NetworkDelay+DnsChaos,chaos.id=ShopTest.slow/fault" {
		t.Errorf("got baggage %s", got)
	}
}

func TestNewContextIgnoresWhatIsNoID(t *testing.T) {
	if _, ok := FromContext(NewContext(t.Context(), Chaos{ID: "no id"})); ok {
		t.Error("it was taken")
	}
}

func TestEverySpanBegunWithTheContextHasTheID(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	provider := trace.NewTracerProvider(trace.WithSpanProcessor(SpanProcessor{}), trace.WithSpanProcessor(spans))
	tracer := provider.Tracer("test")
	ctx, parent := tracer.Start(NewContext(t.Context(), shop), "request")
	_, child := tracer.Start(ctx, "call")
	_, other := tracer.Start(t.Context(), "other")
	child.End()
	parent.End()
	other.End()
	for _, span := range spans.Ended() {
		got := chaosOf(span.Attributes())
		if want := map[bool]Chaos{true: {}, false: shop}[span.Name() == "other"]; got != want {
			t.Errorf("span %s: got %+v, want %+v", span.Name(), got, want)
		}
	}
	if err := provider.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}

func chaosOf(attributes []attribute.KeyValue) (c Chaos) {
	for _, a := range attributes {
		switch a.Key {
		case IDKey:
			c.ID = a.Value.AsString()
		case TypeKey:
			c.Type = a.Value.AsString()
		}
	}
	return c
}

// counting returns what has been ignored since it was called.
func counting(t *testing.T) func() int64 {
	reader := metric.NewManualReader()
	counter, err := metric.NewMeterProvider(metric.WithReader(reader)).Meter("test").Int64Counter("chaos.ids.ignored")
	if err != nil {
		t.Fatal(err)
	}
	before := ignored
	ignored = counter
	t.Cleanup(func() { ignored = before })
	return func() (count int64) {
		var collected metricdata.ResourceMetrics
		if err := reader.Collect(context.Background(), &collected); err != nil {
			t.Fatal(err)
		}
		for _, scope := range collected.ScopeMetrics {
			count = scope.Metrics[0].Data.(metricdata.Sum[int64]).DataPoints[0].Value
		}
		return count
	}
}
