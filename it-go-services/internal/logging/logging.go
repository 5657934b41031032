// SPDX-License-Identifier: Apache-2.0

// Package logging writes JSON lines that can be joined with traces.
package logging

import (
	"context"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	chaoszap "github.com/chaos-junit/chaos-junit/it-go-services/chaosotel/zap"
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

// Trace returns the ids that join a log line with the trace of the request it belongs to, and with the chaos experiment.
func Trace(ctx context.Context) zap.Field {
	return chaoszap.Fields(ctx)
}
