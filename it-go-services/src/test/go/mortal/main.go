// SPDX-License-Identifier: Apache-2.0

// Command mortal serves, and ends when what it depends on is slow: by a panic that nobody recovers in a goroutine that
// no request waits for, or by giving up with exit code 0. Without UPSTREAM it depends on nothing.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"
)

const (
	patience = 1500 * time.Millisecond
	pause    = 100 * time.Millisecond
)

type watchdog struct {
	upstream string
	client   http.Client
}

// look asks the upstream once, over a connection of its own.
func (w *watchdog) look() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.upstream, nil)
	if err != nil {
		return err
	}
	request.Close = true
	answer, err := w.client.Do(request)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func (w *watchdog) watch() {
	for w.look() != nil { // as long as the upstream only comes up
		time.Sleep(pause)
	}
	for {
		if err := w.look(); err != nil {
			end(err)
		}
		time.Sleep(pause)
	}
}

func end(err error) {
	if os.Getenv("END") == "exit" {
		fmt.Println("giving up:", err)
		os.Exit(0)
	}
	panic(fmt.Sprintf("upstream is slow: %v", err))
}

//go:noinline
func answer(response http.ResponseWriter, request *http.Request) {
	fmt.Fprintln(response, "alive")
}

func main() {
	http.HandleFunc("/", answer)
	if upstream := os.Getenv("UPSTREAM"); upstream != "" {
		go (&watchdog{upstream: upstream}).watch()
	}
	fmt.Println("mortal serves")
	panic(http.ListenAndServe(":8080", nil))
}
