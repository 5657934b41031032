// SPDX-License-Identifier: Apache-2.0

package chaoszap

import (
	"context"
	"maps"
	"testing"

	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

func TestFields(t *testing.T) {
	span := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{15: 1}, SpanID: trace.SpanID{7: 2}})
	traced := trace.ContextWithSpanContext(t.Context(), span)
	ids := map[string]any{"trace_id": "00000000000000000000000000000001", "span_id": "0000000000000002"}
	both := maps.Clone(ids)
	both["chaos_id"], both["chaos_type"] = "a/fault", "DnsChaos"
	for name, test := range map[string]struct {
		ctx  context.Context
		want map[string]any
	}{
		"nothing": {t.Context(), map[string]any{}},
		"trace":   {traced, ids},
		"chaos":   {chaosotel.NewContext(t.Context(), chaosotel.Chaos{ID: "a"}), map[string]any{"chaos_id": "a"}},
		"both":    {chaosotel.NewContext(traced, chaosotel.Chaos{ID: "a/fault", Type: "DnsChaos"}), both},
	} {
		core, lines := observer.New(zap.InfoLevel)
		zap.New(core).Info("hello", Fields(test.ctx))
		if got := lines.All()[0].ContextMap(); !maps.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}
