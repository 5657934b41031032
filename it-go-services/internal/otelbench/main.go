// SPDX-License-Identifier: Apache-2.0

// Command otelbench measures what chaosotel costs: a service with it beside the same service with otelhttp alone, in
// turns. With a command behind its flags, as ./dev bench gives it, also what it costs to export spans to a receiver.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"time"
)

const (
	exportTurn = time.Second // an exporter sends twice in it
	warmTurns  = 10          // until most of a JVM is compiled
)

// plan is how much is measured.
type plan struct {
	turns  int           // of each service
	turn   time.Duration // for each of the two loads
	rate   int           // requests a second of the load that is not at full speed
	atOnce int           // connections of the other
}

// turn is what one turn of a service came to.
type turn struct {
	p50, p99   float64 // µs
	throughput float64 // requests a second
	processor  float64 // µs a request, at full speed, of client and server
}

func main() {
	p := plan{rate: 1000, atOnce: 4}
	flag.IntVar(&p.turns, "turns", 50, "of each service")
	flag.DurationVar(&p.turn, "turn", 400*time.Millisecond, "how long each of the two loads of a turn takes")
	flag.Parse()
	err := compareServices(p)
	if err == nil && flag.NArg() > 0 {
		err = compareExport(p, flag.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "otelbench:", err)
		os.Exit(1)
	}
}

func compareServices(p plan) error {
	without, with, err := measure(p)
	if err != nil {
		return err
	}
	fmt.Printf("%d turns of each, every request with an id, median and its 95 %% interval\n", p.turns)
	table := newTable("otelhttp alone", "with chaosotel", without, with)
	table.row(fmt.Sprintf("a request at %d/s, p50, µs", p.rate), func(t turn) float64 { return t.p50 }, difference)
	table.row("the same, p99", func(t turn) float64 { return t.p99 }, difference)
	table.row(fmt.Sprintf("at full speed by %d connections, requests/s", p.atOnce),
		func(t turn) float64 { return t.throughput }, func(a, b float64) float64 { return b / a })
	table.row("processor time of a request, client included, µs", func(t turn) float64 { return t.processor }, difference)
	return nil
}

// compareExport measures what it costs that spans go to a receiver, a JVM that the command starts.
func compareExport(p plan, command []string) error {
	p.turn = exportTurn
	to, err := startReceiver(command)
	if err != nil {
		return err
	}
	services, err := newExporters(to)
	if err != nil {
		return err
	}
	without, with, err := services.measure(p, warmTurns)
	if err = errors.Join(err, services.close(), to.close()); err != nil {
		return err
	}
	fmt.Printf("\n%d turns of %v of each at %d/s, with chaosotel and every request with an id\n", p.turns, p.turn, p.rate)
	table := newTable("exporting nothing", "by OTLP/HTTP to the receiver", without, with)
	table.row("a request, p50, µs", func(s sent) float64 { return s.p50 }, difference)
	table.row("the same, p99", func(s sent) float64 { return s.p99 }, difference)
	table.row("processor time of a request in the service, client included, µs",
		func(s sent) float64 { return s.service }, difference)
	table.row("in the receiver's JVM, µs", func(s sent) float64 { return s.receiver }, difference)
	return nil
}

// measure lets the services take turns; the first pair warms up and is forgotten.
func measure(p plan) (without, with []turn, err error) {
	alone, _ := plain()
	whole, _ := followed()
	plain, followed := serve(alone), serve(whole)
	defer plain.close()
	defer followed.close()
	for i := range p.turns + 1 {
		pair := []*server{plain, followed}
		if i%2 == 1 { // whoever is second finds a warmer processor
			slices.Reverse(pair)
		}
		for _, s := range pair {
			t, err := load(s.url, p)
			if err != nil {
				return nil, nil, err
			}
			switch {
			case i == 0:
			case s == plain:
				without = append(without, t)
			default:
				with = append(with, t)
			}
		}
	}
	return without, with, nil
}
