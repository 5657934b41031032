// SPDX-License-Identifier: Apache-2.0

package kinds

import (
	"bytes"
	"expvar" // on the admin port, by the default mux
	"log"
	"net/http"
	_ "net/http/pprof" // on the same
	"os"
	"runtime"
)

// Serve serves requests by a kind, which is named by KIND, for as long as the process lives. "upstream" is what the others
// call. A failed call is a good answer: what is of interest is what it leaves behind.
func Serve() {
	name := os.Getenv("KIND")
	if name == "upstream" {
		go serveAdmin()
		go serveGrpc()
		log.Fatal(http.ListenAndServe(":8080", http.HandlerFunc(upstream)))
	}
	kind, known := All[name]
	if !known {
		log.Fatalf("KIND=%q: no such kind", name)
	}
	call := kind("upstream")
	go serveAdmin()
	log.Fatal(http.ListenAndServe(":8080", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := call(r.Context()); err != nil {
			_, _ = w.Write([]byte("degraded: " + err.Error()))
		}
	})))
}

func serveAdmin() {
	expvar.Publish("goroutines", expvar.Func(func() any { return runtime.NumGoroutine() }))
	log.Fatal(http.ListenAndServe(":6060", nil))
}

var body = bytes.Repeat([]byte("all work and no play\n"), 400)

func upstream(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write(body)
}
