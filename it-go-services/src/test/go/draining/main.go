// SPDX-License-Identifier: Apache-2.0

// Command draining takes its time for each answer, and ends at SIGTERM as one of several behind a Service should: it says
// that it is not ready, goes on until nobody sends it anything, and finishes what is in hand. With FRAGILE=no-drain it ends
// at once.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	work     = 1500 * time.Millisecond
	lameDuck = 3 * time.Second // a probe, and the time until everybody knows
)

var leaving atomic.Bool

func ready(response http.ResponseWriter, _ *http.Request) {
	if leaving.Load() {
		response.WriteHeader(http.StatusServiceUnavailable)
	}
}

func answer(response http.ResponseWriter, request *http.Request) {
	time.Sleep(work)
	fmt.Fprintln(response, "done")
}

func drain(server *http.Server) {
	leaving.Store(true)
	server.SetKeepAlivesEnabled(false)
	time.Sleep(lameDuck)
	if err := server.Shutdown(context.Background()); err != nil {
		log.Print(err)
	}
}

func main() {
	http.HandleFunc("/ready", ready)
	http.HandleFunc("/", answer)
	server := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	ended := make(chan struct{})
	if os.Getenv("FRAGILE") != "no-drain" {
		term := make(chan os.Signal, 1)
		signal.Notify(term, syscall.SIGTERM)
		go func() {
			<-term
			drain(server)
			close(ended)
		}()
	}
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-ended
}
