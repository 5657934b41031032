// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"
)

// outcome of the calls of one goroutine.
type outcome struct {
	returned, recovered, wrong int
	times                      []time.Duration
}

func call(function func(int) int, perGoroutine, goroutines int, options []string) string {
	ctx, start := context.Background(), startWorker
	for _, option := range options {
		if label, is := strings.CutPrefix(option, "label="); is {
			key, value, _ := strings.Cut(label, "=")
			ctx = pprof.WithLabels(ctx, pprof.Labels(key, value))
		}
		switch option {
		case "by=assistant":
			start = startAssistant
		case "beside=gc":
			stop := make(chan struct{})
			defer close(stop)
			go collectUntil(stop)
		}
	}
	var group sync.WaitGroup
	outcomes := make([]outcome, goroutines)
	group.Add(goroutines)
	for i := range outcomes {
		start(ctx, &group, &outcomes[i], function, perGoroutine)
	}
	group.Wait()
	return summary(outcomes)
}

func collectUntil(stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		default:
			runtime.GC()
		}
	}
}

func startWorker(ctx context.Context, group *sync.WaitGroup, o *outcome, function func(int) int, n int) {
	go worker(ctx, group, o, function, n)
}

func startAssistant(ctx context.Context, group *sync.WaitGroup, o *outcome, function func(int) int, n int) {
	go assistant(ctx, group, o, function, n)
}

// worker is what goroutines are known by that are started with it.
//
//go:noinline
func worker(ctx context.Context, group *sync.WaitGroup, o *outcome, function func(int) int, n int) {
	defer group.Done()
	pprof.SetGoroutineLabels(ctx)
	for i := range n {
		start := time.Now()
		o.call(function, i)
		o.times = append(o.times, time.Since(start))
	}
}

// assistant does the same under another name.
//
//go:noinline
func assistant(ctx context.Context, group *sync.WaitGroup, o *outcome, function func(int) int, n int) {
	worker(ctx, group, o, function, n)
}

func (o *outcome) call(function func(int) int, i int) (panicked bool) {
	defer func() {
		if recover() != nil {
			o.recovered++
			panicked = true
		}
	}()
	if function(i) == i+1 {
		o.returned++
	} else {
		o.wrong++
	}
	return false
}

func summary(outcomes []outcome) string {
	var all outcome
	for _, o := range outcomes {
		all.returned += o.returned
		all.recovered += o.recovered
		all.wrong += o.wrong
		all.times = append(all.times, o.times...)
	}
	return fmt.Sprintf("ok returned=%d recovered=%d wrong=%d %s", all.returned, all.recovered, all.wrong, quantiles(all.times))
}

func quantiles(times []time.Duration) string {
	if len(times) == 0 {
		return ""
	}
	slices.Sort(times)
	at := func(q float64) int64 { return times[int(q*float64(len(times)-1))].Microseconds() }
	return fmt.Sprintf("p50_us=%d p99_us=%d max_us=%d", at(0.5), at(0.99), at(1))
}
