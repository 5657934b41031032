// SPDX-License-Identifier: Apache-2.0

// Command profiled burns processor time and waits under labels, and writes the profile that its first argument names.
package main

import (
	"context"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

var sink uint64

//go:noinline
func burn(until time.Time) {
	for time.Now().Before(until) {
		spin()
	}
}

func spin() {
	for i := range uint64(1_000_000) {
		sink += i * i
	}
}

func waits(ch chan int) {
	<-ch
}

func labelled(trace, span string, work func()) {
	labels := pprof.Labels("trace_id", trace, "span_id", span, "chaos_id", "T.t/fault", "chaos_type", "NetworkDelay")
	pprof.Do(context.Background(), labels, func(context.Context) { work() })
}

func main() {
	if os.Args[1] == "cpu" {
		check(pprof.StartCPUProfile(os.Stdout))
		labelled("aa", "01", func() { burn(time.Now().Add(400 * time.Millisecond)) })
		burn(time.Now().Add(100 * time.Millisecond))
		pprof.StopCPUProfile()
		return
	}
	ch := make(chan int)
	for range 3 {
		labelled("bb", "02", func() { go waits(ch) })
	}
	go waits(ch)
	for runtime.NumGoroutine() < 5 {
		runtime.Gosched()
	}
	time.Sleep(50 * time.Millisecond)
	check(pprof.Lookup("goroutine").WriteTo(os.Stdout, 0))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
