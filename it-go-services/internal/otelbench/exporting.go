// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/trace"
)

// sent is what one turn at the rate came to.
type sent struct {
	p50, p99 float64 // µs
	service  float64 // processor time of service and client, µs a request
	receiver float64 // the same of the receiver
}

// exporters is the service with chaosotel twice, and where one of the two exports to.
type exporters struct {
	silent, telling *server
	provider        *trace.TracerProvider
	to              *receiver
}

// newExporters lets one export as chaos-junit tells pods to.
func newExporters(to *receiver) (*exporters, error) {
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(to.url+"/v1/traces"))
	if err != nil {
		return nil, err
	}
	processor := trace.NewBatchSpanProcessor(exporter,
		trace.WithBatchTimeout(500*time.Millisecond), trace.WithMaxQueueSize(16384))
	handler, provider := followed(trace.WithSpanProcessor(processor))
	silent, _ := followed()
	return &exporters{serve(silent), serve(handler), provider, to}, nil
}

func (e *exporters) close() error {
	e.silent.close()
	e.telling.close()
	return e.provider.Shutdown(context.Background())
}

// measure lets them take turns; the first pairs, while the JVM compiles, are forgotten.
func (e *exporters) measure(p plan, warm int) (without, with []sent, err error) {
	for i := range p.turns + warm {
		pair := []*server{e.silent, e.telling}
		if i%2 == 1 {
			slices.Reverse(pair)
		}
		for _, s := range pair {
			turn, err := e.turn(s, p)
			switch {
			case err != nil:
				return nil, nil, err
			case i < warm:
			case s == e.silent:
				without = append(without, turn)
			default:
				with = append(with, turn)
			}
		}
	}
	return without, with, nil
}

// turn ends when all spans of it are where they go.
func (e *exporters) turn(s *server, p plan) (sent, error) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	jvm, _, err := e.to.used()
	if err != nil {
		return sent{}, err
	}
	before := processorTime()
	latencies, err := atRate(client, s.url, p)
	if err != nil {
		return sent{}, err
	}
	if err := e.provider.ForceFlush(context.Background()); err != nil {
		return sent{}, err
	}
	used := processorTime() - before
	after, spans, err := e.to.used()
	if err != nil {
		return sent{}, err
	}
	if s == e.telling && spans != len(latencies) {
		return sent{}, fmt.Errorf("the receiver has %d spans of %d requests", spans, len(latencies))
	}
	slices.Sort(latencies)
	n := float64(len(latencies))
	return sent{micros(latencies[len(latencies)/2]), micros(latencies[len(latencies)*99/100]),
		micros(used) / n, micros(after-jvm) / n}, nil
}
