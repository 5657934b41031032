// SPDX-License-Identifier: Apache-2.0

// Command forward asks another service for each request that it gets, by its name, over connections that it keeps or
// over a new one each time. Without another service it answers by itself.
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	http.HandleFunc("GET /healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("GET /", handler(os.Getenv("UPSTREAM"), os.Getenv("KEEP") != "false"))
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func handler(upstream string, keep bool) http.HandlerFunc {
	if upstream == "" {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here\n") }
	}
	transport := &http.Transport{DisableKeepAlives: !keep, MaxIdleConnsPerHost: 8}
	client := &http.Client{Timeout: time.Second, Transport: transport}
	return func(w http.ResponseWriter, r *http.Request) {
		if err := forward(client, upstream, w); err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	}
}

func forward(client *http.Client, upstream string, w http.ResponseWriter) error {
	answer, err := client.Get(upstream)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	_, err = io.Copy(w, answer.Body)
	return err
}
