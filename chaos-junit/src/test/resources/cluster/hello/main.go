// SPDX-License-Identifier: Apache-2.0

// hello says which pod it is, what names mean there, and what other pods say.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	log.Printf("hello from %s, arguments %q", os.Getenv("POD"), os.Args[1:])
	if os.Getenv("MODE") == "crash" {
		fmt.Fprintln(os.Stderr, "cannot go on: the configuration is bad")
		os.Exit(3)
	}
	http.HandleFunc("/", name)
	http.HandleFunc("/readyz", readyz)
	http.HandleFunc("/env", env)
	http.HandleFunc("/resolve", resolve)
	http.HandleFunc("/fetch", fetch)
	go serve(":8080")
	go serve(":80")
	end := make(chan os.Signal, 1)
	signal.Notify(end, syscall.SIGTERM)
	<-end
	log.Print("asked to end")
}

func serve(address string) {
	log.Fatal(http.ListenAndServe(address, nil))
}

func name(w http.ResponseWriter, r *http.Request) {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	hostname, _ := os.Hostname()
	fmt.Fprintf(w, "%s %s from %s", os.Getenv("POD"), hostname, host)
}

func readyz(w http.ResponseWriter, _ *http.Request) {
	if _, err := os.Stat(os.Getenv("UNREADY_FILE")); os.Getenv("MODE") == "unready" || err == nil {
		http.Error(w, "not yet", http.StatusServiceUnavailable)
	}
}

func env(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, strings.Join(os.Environ(), "\n"))
}

func resolve(w http.ResponseWriter, r *http.Request) {
	addresses, err := net.LookupHost(r.FormValue("name"))
	fmt.Fprint(w, strings.Join(addresses, " "))
	if err != nil {
		fmt.Fprint(w, err)
	}
}

func fetch(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.FormValue("url"), nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	response, err := client.Do(request)
	if err != nil {
		fmt.Fprint(w, err)
		return
	}
	defer response.Body.Close()
	io.Copy(w, response.Body)
}
