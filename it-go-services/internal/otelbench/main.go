// SPDX-License-Identifier: Apache-2.0

// Command otelbench measures what chaosotel costs: a service with it beside the same service with otelhttp alone, in turns.
package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"time"
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
	without, with, err := measure(p)
	if err != nil {
		fmt.Fprintln(os.Stderr, "otelbench:", err)
		os.Exit(1)
	}
	report(p, without, with)
}

// measure lets the services take turns; the first pair warms up and is forgotten.
func measure(p plan) (without, with []turn, err error) {
	plain, followed := serve(plain()), serve(followed())
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

func report(p plan, without, with []turn) {
	fmt.Printf("%d turns of each, every request with an id, median and its 95 %% interval\n", p.turns)
	fmt.Println("| | otelhttp alone | with chaosotel | difference or ratio |\n|---|---|---|---|")
	row := func(name string, of func(turn) float64, compare func(a, b float64) float64) {
		var a, b, both []float64
		for i := range without {
			a, b = append(a, of(without[i])), append(b, of(with[i]))
			both = append(both, compare(of(without[i]), of(with[i])))
		}
		fmt.Printf("| %s | %s | %s | %s |\n", name, spread(a), spread(b), spread(both))
	}
	difference := func(a, b float64) float64 { return b - a }
	row(fmt.Sprintf("a request at %d/s, p50, µs", p.rate), func(t turn) float64 { return t.p50 }, difference)
	row("the same, p99", func(t turn) float64 { return t.p99 }, difference)
	row(fmt.Sprintf("at full speed by %d connections, requests/s", p.atOnce), func(t turn) float64 { return t.throughput },
		func(a, b float64) float64 { return b / a })
	row("processor time of a request, client included, µs", func(t turn) float64 { return t.processor }, difference)
}

// spread is the median with its interval, by order statistics: of few turns it is all that was seen.
func spread(values []float64) string {
	slices.Sort(values)
	n := float64(len(values))
	low := max(0, int(n/2-0.98*math.Sqrt(n)))
	return fmt.Sprintf("%.4g (%.4g to %.4g)", values[len(values)/2], values[low], values[len(values)-1-low])
}
