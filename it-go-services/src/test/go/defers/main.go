// SPDX-License-Identifier: Apache-2.0

// Command defers serves HTTP by handlers that have defers of every kind, which panics must not run. It recovers from
// panics as most services do, in a middleware. /balance is 0 unless a defer ran of a handler that had not begun, or none
// of one that had.
package main

import (
	"fmt"
	"net/http"
	"sync/atomic"
)

var open, closed atomic.Int64

func main() {
	http.HandleFunc("/one", one)
	http.HandleFunc("/ten", ten)
	http.HandleFunc("/loop", loop)
	http.HandleFunc("/recovering", recovering)
	http.HandleFunc("/balance", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, open.Load()-closed.Load()) })
	http.HandleFunc("/tables", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, *tables()[0]) })
	http.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	panic(http.ListenAndServe(":8080", http.HandlerFunc(recoverFrom)))
}

// recoverFrom is the caller that sees the panics.
func recoverFrom(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if failure := recover(); failure != nil {
			http.Error(w, fmt.Sprint(failure), http.StatusInternalServerError)
		}
	}()
	http.DefaultServeMux.ServeHTTP(w, r)
}

func begin() { open.Add(1) }
func end()   { closed.Add(1) }

func one(w http.ResponseWriter, _ *http.Request) {
	defer end()
	begin()
	fmt.Fprint(w, "one")
}

func ten(w http.ResponseWriter, _ *http.Request) {
	defer end()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	defer func() { begin(); end() }()
	begin()
	fmt.Fprint(w, "ten")
}

func loop(w http.ResponseWriter, r *http.Request) {
	for range len(r.URL.Path) {
		begin()
		defer end()
	}
	fmt.Fprint(w, "loop")
}

// recovering would hide the panic, if that came after its defer.
func recovering(w http.ResponseWriter, _ *http.Request) {
	defer func() {
		end()
		recover()
	}()
	begin()
	fmt.Fprint(w, "recovering")
}

// tables has more results in memory than the compiler initialises one by one.
//
//go:noinline
func tables() (all [64]*int64) {
	defer end()
	begin()
	for i := range all {
		all[i] = new(int64)
	}
	return all
}
