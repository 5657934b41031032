// SPDX-License-Identifier: Apache-2.0

// Package chaoszap is chaosotel for zap.
package chaoszap

import (
	"context"

	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/chaos-junit/chaos-junit/it-go-services/chaosotel"
)

// Fields joins a log line with its request: trace_id and span_id, chaos_id and chaos_type, those that there are.
func Fields(ctx context.Context) zap.Field {
	span := trace.SpanContextFromContext(ctx)
	chaos, known := chaosotel.FromContext(ctx)
	if !span.IsValid() && !known {
		return zap.Skip()
	}
	return zap.Inline(zapcore.ObjectMarshalerFunc(func(line zapcore.ObjectEncoder) error {
		if span.IsValid() {
			line.AddString("trace_id", span.TraceID().String())
			line.AddString("span_id", span.SpanID().String())
		}
		if known {
			line.AddString(chaosotel.IDLabel, chaos.ID)
		}
		if chaos.Type != "" {
			line.AddString(chaosotel.TypeLabel, chaos.Type)
		}
		return nil
	}))
}
