// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"syscall"
	"time"
)

// load measures a service in one turn: first at a rate, then at full speed.
func load(url string, p plan) (turn, error) {
	transport := &http.Transport{MaxIdleConnsPerHost: p.atOnce}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	latencies, err := atRate(client, url, p)
	if err != nil {
		return turn{}, err
	}
	before := processorTime()
	done, err := atFullSpeed(client, url, p)
	used := processorTime() - before
	if err != nil {
		return turn{}, err
	}
	slices.Sort(latencies)
	return turn{
		p50:        micros(latencies[len(latencies)/2]),
		p99:        micros(latencies[len(latencies)*99/100]),
		throughput: float64(done) / p.turn.Seconds(),
		processor:  micros(used) / float64(done),
	}, nil
}

// processorTime is what this process has used of processors: on a busy machine it says more than a clock on the wall.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err) // there is no reason that it could fail for
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func micros(d time.Duration) float64 {
	return float64(d.Nanoseconds()) / 1000
}

// atRate sends one request after the other, at their times or, where one took too long, as soon as it is over.
func atRate(client *http.Client, url string, p plan) ([]time.Duration, error) {
	var latencies []time.Duration
	start := time.Now()
	for i := range int(p.turn.Seconds() * float64(p.rate)) {
		time.Sleep(time.Until(start.Add(time.Second * time.Duration(i) / time.Duration(p.rate))))
		sent := time.Now()
		if err := get(client, url); err != nil {
			return nil, err
		}
		latencies = append(latencies, time.Since(sent))
	}
	return latencies, nil
}

// atFullSpeed returns how many requests were answered.
func atFullSpeed(client *http.Client, url string, p plan) (done int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), p.turn)
	defer cancel()
	var mu sync.Mutex
	var all sync.WaitGroup
	for range p.atOnce {
		all.Go(func() {
			mine, failed := 0, error(nil)
			for ctx.Err() == nil && failed == nil {
				failed = get(client, url)
				mine++
			}
			mu.Lock()
			defer mu.Unlock()
			done += mine
			if failed != nil {
				err = failed
			}
		})
	}
	all.Wait()
	return done, err
}

func get(client *http.Client, url string) error {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	carry(request)
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", url, response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// carry lets a request say what those of chaos-junit's load do.
func carry(request *http.Request) {
	request.Header.Set("X-Chaos-ID", "ShopTest.slow/fault")
	request.Header.Set("X-Chaos-Type", "NetworkDelay+DnsChaos")
	request.Header.Set("Baggage", "chaos.id=ShopTest.slow/fault,chaos.type=NetworkDelay+DnsChaos")
	request.Header.Set("Traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01")
}
