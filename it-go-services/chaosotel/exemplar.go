// SPDX-License-Identifier: Apache-2.0

package chaosotel

import (
	"context"
	"time"
	"unicode/utf8"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/exemplar"
)

const (
	// exemplarRunes is what Prometheus allows the labels of an exemplar; with more of them the exporter leaves out all.
	exemplarRunes = 128
	traceRunes    = len("trace_id") + 32 + len("span_id") + 16
)

// View lets exemplars of all metrics have the label chaos_id, of which no series is made: histograms of otelhttp and otelgrpc
// and those of the service's own. Several views of one instrument would be several metrics, so this is to be the only one:
// of the others, the first that matches an instrument decides, but for its exemplars.
func View(others ...metric.View) metric.View {
	return func(instrument metric.Instrument) (metric.Stream, bool) {
		stream := metric.Stream{Name: instrument.Name, Description: instrument.Description, Unit: instrument.Unit}
		for _, other := range others {
			if changed, matches := other(instrument); matches {
				stream = changed
				break
			}
		}
		stream.ExemplarReservoirProviderSelector = reservoirs
		return stream, true
	}
}

func reservoirs(aggregation metric.Aggregation) exemplar.ReservoirProvider {
	provide := metric.DefaultExemplarReservoirProviderSelector(aggregation)
	return func(series attribute.Set) exemplar.Reservoir { return reservoir{provide(series)} }
}

// reservoir tells OpenTelemetry's own of the id as if it were an attribute that a view has dropped.
type reservoir struct{ exemplar.Reservoir }

func (r reservoir) Offer(ctx context.Context, t time.Time, value exemplar.Value, dropped []attribute.KeyValue) {
	if c, ok := FromContext(ctx); ok {
		dropped = withID(dropped, c.ID)
	}
	r.Reservoir.Offer(ctx, t, value, dropped)
}

// withID cuts the id where there is not enough room: its end tells more than its beginning.
func withID(dropped []attribute.KeyValue, id string) []attribute.KeyValue {
	room := exemplarRunes - traceRunes - len(IDLabel)
	for _, label := range dropped {
		room -= utf8.RuneCountInString(string(label.Key)) + utf8.RuneCountInString(label.Value.String())
	}
	if room <= 0 {
		return dropped
	}
	return append(dropped[:len(dropped):len(dropped)], attribute.String(IDLabel, id[max(0, len(id)-room):]))
}
