// SPDX-License-Identifier: Apache-2.0

// Package logging writes JSON lines that can be joined with traces.
package logging

import (
	"context"

	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// New returns a JSON logger on stdout. Equal messages are sampled: a fault must not turn into a flood of lines.
func New(service string) (*zap.Logger, error) {
	config := zap.NewProductionConfig()
	config.OutputPaths = []string{"stdout"}
	config.EncoderConfig.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	config.DisableStacktrace = true
	config.Sampling = &zap.SamplingConfig{Initial: 5, Thereafter: 100} // a second and message
	config.InitialFields = map[string]any{"service": service}
	return config.Build()
}

// Trace returns the ids that join a log line with the trace of the request it belongs to.
func Trace(ctx context.Context) zap.Field {
	span := trace.SpanContextFromContext(ctx)
	if !span.IsValid() {
		return zap.Skip()
	}
	return zap.Inline(zapcore.ObjectMarshalerFunc(func(line zapcore.ObjectEncoder) error {
		line.AddString("trace_id", span.TraceID().String())
		line.AddString("span_id", span.SpanID().String())
		return nil
	}))
}
