// SPDX-License-Identifier: Apache-2.0

// Command scale has as many goroutines as GOROUTINES says, which wait for ever, and looks a name up when it is asked to.
package main

import (
	"log"
	"net"
	"net/http"
	_ "net/http/pprof"
	"os"
	"strconv"
)

func main() {
	count, _ := strconv.Atoi(os.Getenv("GOROUTINES"))
	never := make(chan int)
	for range count {
		go handle(never)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	http.HandleFunc("/lookup", lookup)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

//go:noinline
func handle(never chan int) { wait(never) }

//go:noinline
func wait(never chan int) { <-never }

func lookup(w http.ResponseWriter, r *http.Request) {
	if _, err := net.DefaultResolver.LookupHost(r.Context(), r.URL.Query().Get("name")); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
