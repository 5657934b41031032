// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	oteltrace "go.opentelemetry.io/otel/trace"
)

func TestExemplarsHaveTheIDAndSeriesDoNot(t *testing.T) {
	for name, test := range map[string]struct {
		ctx  context.Context
		want string
	}{
		"with an id": {NewContext(t.Context(), shop), shop.ID},
		"without":    {t.Context(), ""},
		"long":       {NewContext(t.Context(), Chaos{ID: strings.Repeat("x", 70) + "/fault"}), strings.Repeat("x", 51) + "/fault"},
	} {
		t.Run(name, func(t *testing.T) {
			point := measured(t, oteltrace.ContextWithSpanContext(test.ctx, span.WithTraceFlags(oteltrace.FlagsSampled)))
			if point.Attributes.Len() != 0 {
				t.Errorf("the series has %v", point.Attributes.ToSlice())
			}
			if len(point.Exemplars) != 1 {
				t.Fatalf("%d exemplars, want 1", len(point.Exemplars))
			}
			runes, got := traceRunes, ""
			for _, label := range point.Exemplars[0].FilteredAttributes {
				runes += len(label.Key) + len(label.Value.AsString())
				got = label.Value.AsString()
			}
			if got != test.want || runes > exemplarRunes {
				t.Errorf("got %q, %d runes in all, want %q", got, runes, test.want)
			}
		})
	}
}

func TestWithoutASpanThereIsNoExemplar(t *testing.T) {
	if got := measured(t, NewContext(t.Context(), shop)).Exemplars; len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestWhereOtherLabelsTakeTheRoomTheIDIsLeftOut(t *testing.T) {
	full := []attribute.KeyValue{attribute.String("k", strings.Repeat("v", 60))}
	if got := withID(full, shop.ID); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

// measured returns the point of a histogram after one measurement; a view drops its sibling.
func measured(t *testing.T, ctx context.Context) metricdata.HistogramDataPoint[float64] {
	t.Helper()
	reader := metric.NewManualReader()
	dropped := metric.NewView(metric.Instrument{Name: "size"}, metric.Stream{Aggregation: metric.AggregationDrop{}})
	meter := metric.NewMeterProvider(metric.WithReader(reader), metric.WithView(View(dropped))).Meter("test")
	for _, name := range []string{"size", "duration"} {
		histogram, err := meter.Float64Histogram(name)
		if err != nil {
			t.Fatal(err)
		}
		histogram.Record(ctx, 1)
	}
	var collected metricdata.ResourceMetrics
	if err := reader.Collect(t.Context(), &collected); err != nil {
		t.Fatal(err)
	}
	metrics := collected.ScopeMetrics[0].Metrics
	if len(metrics) != 1 || metrics[0].Name != "duration" {
		t.Fatalf("got %v, want duration alone", metrics)
	}
	return metrics[0].Data.(metricdata.Histogram[float64]).DataPoints[0]
}
