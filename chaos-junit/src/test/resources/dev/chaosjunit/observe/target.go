// SPDX-License-Identifier: Apache-2.0

// Command target starts goroutines of every kind on request, and serves pprof. It prints its port.
package main

import (
	"fmt"
	"net"
	"net/http"
	_ "net/http/pprof"
	"time"
)

func handle(path string, start func()) {
	http.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { start() })
}

func leakOnSend() {
	results := make(chan int)
	go func() { results <- 1 }()
}

func leakOnReceive() {
	results := make(chan int)
	go func() { <-results }()
}

func endSoon() {
	go time.Sleep(1500 * time.Millisecond)
}

// callSilentPeer has no time-out, and its peer accepts but never answers.
func callSilentPeer(address string) {
	go func() {
		peer, err := net.Dial("tcp", address)
		if err == nil {
			peer.Read(make([]byte, 1))
		}
	}()
}

func main() {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	handle("/leak-on-send", leakOnSend)
	handle("/leak-on-receive", leakOnReceive)
	handle("/end-soon", endSoon)
	handle("/silent-peer", func() { callSilentPeer(silent.Addr().String()) })
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	panic(http.Serve(listener, nil))
}
